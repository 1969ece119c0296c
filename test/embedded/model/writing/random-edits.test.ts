import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openProject } from '../../../../src/embedded/project/open-project.ts';
import type { OpenedProject } from '../../../../src/embedded/project/opened-project.ts';
import { amount } from '../../../harness/amount.ts';
import { eras, writeEraProject } from '../../../harness/era-project.ts';
import { breachesOf } from '../../../harness/file-laws.ts';
import { applyEdit, randomEdits } from '../../../harness/random-edits.ts';
import { tempDir } from '../../../harness/temp-dir.ts';

const dir = tempDir('random');

function filesOf(projectPath: string): Map<string, Buffer> {
  const folder = dirname(projectPath);
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return new Map(
    names
      .filter((name) => /\.(wproj|wwu)$/.test(name))
      .map((name) => [name, readFileSync(join(folder, name))]),
  );
}

function undoAll(project: OpenedProject): void {
  for (;;) {
    try {
      project.undo.undo();
    } catch {
      return;
    }
  }
}

/** Names of the files whose bytes differ, with the first line that does. */
function differing(after: ReadonlyMap<string, Buffer>, before: ReadonlyMap<string, Buffer>): string[] {
  return [...before].flatMap(([name, bytes]) => {
    const now = after.get(name)?.toString().split('\n') ?? [];
    if (after.get(name)?.equals(bytes)) return [];
    const was = bytes.toString().split('\n');
    const at = was.findIndex((line, index) => line !== now[index]);
    return [`${name}:${at + 1}: ${now[at]} instead of ${was[at]}`];
  });
}

describe.each(eras)('any sequence of edits of a project of schema %i', (schema) => {
  it('leaves files that keep every law, and undo brings back every byte', async () => {
    const { projectPath } = writeEraProject(mkdtempSync(join(dir, 'p-')), schema);
    const before = filesOf(projectPath);
    expect(breachesOf(before)).toEqual([]);
    const project = await openProject(projectPath);
    try {
      const property = fc.asyncProperty(randomEdits, async (edits) => {
        for (const edit of edits)
          await project.edit('Edit', 0, (editor) => applyEdit(project.model, editor, edit));
        project.save();
        const breaches = breachesOf(filesOf(projectPath));
        undoAll(project);
        project.save();
        expect(breaches).toEqual([]);
        expect(differing(filesOf(projectPath), before)).toEqual([]);
      });
      await fc.assert(property, { seed: schema, numRuns: amount(6, 40), endOnFailure: false });
    } finally {
      project.close();
    }
  });
});
