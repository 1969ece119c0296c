import { describe, expect, it } from 'vitest';
import type { WorkflowLibrary } from '../../src/core/stores/workflow-library.ts';
import { openDatabase } from '../../src/stores/sqlite/open-database.ts';
import { sqliteWorkflowLibrary } from '../../src/stores/sqlite/sqlite-workflow-library.ts';

function withLibrary(work: (library: WorkflowLibrary) => void): void {
  let atMs = 0;
  const library = sqliteWorkflowLibrary(openDatabase(null, { durable: false }), () => ++atMs);
  try {
    work(library);
  } finally {
    library.close();
  }
}

const flow = (workflowId: string, note = '') => ({
  workflowId,
  name: `Flow ${workflowId}`,
  description: null,
  document: { workflowId, nodes: [{ id: 'n', type: 'projectSave', data: { note } }] },
});

describe('the workflow library', () => {
  it('keeps every changed document as a new version and gives the newest', () => {
    withLibrary((library) => {
      expect(library.save(flow('steps'))).toEqual({ version: 1, isNew: true });
      expect(library.save(flow('steps'))).toEqual({ version: 1, isNew: false });
      expect(library.save(flow('steps', 'changed'))).toEqual({ version: 2, isNew: true });
      expect(library.get('steps')).toMatchObject({
        version: 2,
        versions: 2,
        document: flow('steps', 'changed').document,
      });
      expect(library.get('steps', 1)).toMatchObject({
        version: 1,
        savedAtMs: 1,
        document: flow('steps').document,
      });
      expect(library.get('steps', 3)).toBeUndefined();
      expect(library.versions('steps').map(({ version }) => version)).toEqual([2, 1]);
    });
  });

  it('lists the newest version of each, page by page, and finds by a part of the name', () => {
    withLibrary((library) => {
      for (const id of ['c', 'a', 'b']) library.save(flow(id));
      library.save(flow('a', 'again'));
      const page = library.list({ limit: 2, offset: 0 });
      expect(page).toMatchObject({
        total: 3,
        entries: [{ workflowId: 'a', version: 2 }, { workflowId: 'b' }],
      });
      expect(library.list({ text: 'FLOW C', limit: 10, offset: 0 })).toMatchObject({
        total: 1,
        entries: [{ workflowId: 'c' }],
      });
      expect(library.list({ text: '%', limit: 10, offset: 0 }).total).toBe(0);
    });
  });

  it('deletes a version or all of them, and never uses a number twice', () => {
    withLibrary((library) => {
      library.save(flow('steps'));
      library.save(flow('steps', 'two'));
      expect(library.delete('steps', 2)).toBe(1);
      expect(library.get('steps')).toMatchObject({ version: 1 });
      expect(library.save(flow('steps', 'three'))).toEqual({ version: 3, isNew: true });
      expect(library.delete('steps')).toBe(2);
      expect(library.delete('steps')).toBe(0);
      expect(library.save(flow('steps'))).toEqual({ version: 4, isNew: true });
    });
  });
});
