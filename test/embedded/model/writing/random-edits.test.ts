import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openProject } from '../../../../src/embedded/project/open-project.ts';
import { amount } from '../../../harness/amount.ts';
import { eras, writeEraProject } from '../../../harness/era-project.ts';
import { breachesOf } from '../../../harness/file-laws.ts';
import { differingFiles, savedFiles, undoAll } from '../../../harness/project-files.ts';
import { applyEdit, randomEdits } from '../../../harness/random-edits.ts';
import { tempDir } from '../../../harness/temp-dir.ts';

const dir = tempDir('random');

describe.each(eras)('any sequence of edits of a project of schema %i', (schema) => {
  it('leaves files that keep every law, and undo brings back every byte', async () => {
    const { projectPath } = writeEraProject(mkdtempSync(join(dir, 'p-')), schema);
    const before = savedFiles(projectPath);
    expect(breachesOf(before)).toEqual([]);
    const project = await openProject(projectPath);
    try {
      const property = fc.asyncProperty(randomEdits, async (edits) => {
        for (const edit of edits)
          await project.edit('Edit', 0, (editor) => applyEdit(project.model, editor, edit));
        project.save();
        const breaches = breachesOf(savedFiles(projectPath));
        undoAll(project);
        project.save();
        expect(breaches).toEqual([]);
        expect(differingFiles(savedFiles(projectPath), before)).toEqual([]);
      });
      await fc.assert(property, { seed: schema, numRuns: amount(6, 40), endOnFailure: false });
    } finally {
      project.close();
    }
  });
});
