import { describe, expect, it } from 'vitest';
import type { WorkflowLibrary } from '../../src/core/stores/workflow-library.ts';
import { openSqliteStores } from '../../src/stores/sqlite/sqlite-stores.ts';

async function withLibrary(work: (library: WorkflowLibrary) => Promise<void>): Promise<void> {
  let atMs = 0;
  const stores = openSqliteStores(null, { now: () => ++atMs });
  try {
    await work(stores.library);
  } finally {
    await stores.close();
  }
}

const flow = (workflowId: string, note = '') => ({
  workflowId,
  name: `Flow ${workflowId}`,
  description: null,
  document: { workflowId, nodes: [{ id: 'n', type: 'projectSave', data: { note } }] },
});

describe('the workflow library', () => {
  it('keeps every changed document as a new version and gives the newest', () =>
    withLibrary(async (library) => {
      expect(await library.save(flow('steps'))).toEqual({ version: 1, isNew: true });
      expect(await library.save(flow('steps'))).toEqual({ version: 1, isNew: false });
      expect(await library.save(flow('steps', 'changed'))).toEqual({ version: 2, isNew: true });
      expect(await library.get('steps')).toMatchObject({
        version: 2,
        versions: 2,
        document: flow('steps', 'changed').document,
      });
      expect(await library.get('steps', 1)).toMatchObject({
        version: 1,
        savedAtMs: 1,
        document: flow('steps').document,
      });
      expect(await library.get('steps', 3)).toBeUndefined();
      expect((await library.versions('steps')).map(({ version }) => version)).toEqual([2, 1]);
    }));

  it('lists the newest version of each, page by page, and finds by a part of the name', () =>
    withLibrary(async (library) => {
      for (const id of ['c', 'a', 'b']) await library.save(flow(id));
      await library.save(flow('a', 'again'));
      const page = await library.list({ limit: 2, offset: 0 });
      expect(page).toMatchObject({
        total: 3,
        entries: [{ workflowId: 'a', version: 2 }, { workflowId: 'b' }],
      });
      expect(await library.list({ text: 'FLOW C', limit: 10, offset: 0 })).toMatchObject({
        total: 1,
        entries: [{ workflowId: 'c' }],
      });
      expect((await library.list({ text: '%', limit: 10, offset: 0 })).total).toBe(0);
    }));

  it('deletes a version or all of them, and never uses a number twice', () =>
    withLibrary(async (library) => {
      await library.save(flow('steps'));
      await library.save(flow('steps', 'two'));
      expect(await library.delete('steps', 2)).toBe(1);
      expect(await library.get('steps')).toMatchObject({ version: 1 });
      expect(await library.save(flow('steps', 'three'))).toEqual({ version: 3, isNew: true });
      expect(await library.delete('steps')).toBe(2);
      expect(await library.delete('steps')).toBe(0);
      expect(await library.save(flow('steps'))).toEqual({ version: 4, isNew: true });
    }));
});
