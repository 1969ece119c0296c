import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../../src/core/log.ts';
import { createEngine } from '../../../src/embedded/create-engine.ts';
import { embeddedFunctions } from '../../../src/embedded/functions/catalog.ts';
import { isFileDirty } from '../../../src/embedded/model/index/project-file.ts';
import { openProject } from '../../../src/embedded/project/open-project.ts';
import { WaapiError } from '../../../src/wwise/connection/backend.ts';
import { amount } from '../../harness/amount.ts';
import { type Era, writeEraProject } from '../../harness/era-project.ts';
import { addFolders } from '../../harness/more-folders.ts';
import { callOf, randomCalls } from '../../harness/random-calls.ts';

const dir = realpathSync(mkdtempSync(join(tmpdir(), 'wwiseflow-conflicts-')));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** PROPERTY_RUNS sets the number of runs, PROPERTY_SEED picks others. */
const numRuns = amount(8, 30, 'PROPERTY_RUNS');
const seed = Number(process.env.PROPERTY_SEED ?? 1);

function filesBelow(root: string): Readonly<Record<string, string>> {
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(wproj|wwu)$/.test(name),
  );
  return Object.fromEntries(names.sort().map((name) => [name, readFileSync(join(root, name), 'utf8')]));
}

function undoAll(undo: () => void): void {
  for (;;) {
    try {
      undo();
    } catch {
      return;
    }
  }
}

const olderAndNewer: readonly Era[] = [97, 133];

describe.each(olderAndNewer)(
  'a project of schema %i whose files somebody else changes meanwhile',
  (schema) => {
    it('is saved around their changes, or not at all where both changed one file', async () => {
      const { projectPath } = writeEraProject(mkdtempSync(join(dir, 'p-')), schema);
      addFolders(projectPath, schema);
      const functions = embeddedFunctions({ productVersion: '0.0.0', installDir: dir, userDir: dir });
      let refusals = 0;
      const property = fc.asyncProperty(
        randomCalls,
        fc.subarray(Array.from({ length: 14 }, (_, at) => at)),
        async (draws, theirs) => {
          const root = mkdtempSync(join(dir, 'r-'));
          cpSync(dirname(projectPath), root, { recursive: true });
          const project = await openProject(join(root, 'Era.wproj'));
          const engine = createEngine({ openProject: project, functions, log: silentLog });
          const session = engine.openSession();
          try {
            for (const draw of draws) {
              const call = callOf(project.model, draw);
              if (call !== undefined)
                await session.call(`ak.wwise.core.${call[0]}`, call[1], {}).catch((refusal: unknown) => {
                  if (!(refusal instanceof WaapiError)) throw refusal;
                });
            }
            const changed = theirs.flatMap((at) => project.files[at]?.savedPath ?? []);
            for (const path of changed) writeFileSync(path, `${readFileSync(path, 'utf8')}<!-- theirs -->\n`);
            const ours = project.files.filter(isFileDirty).flatMap(({ savedPath }) => savedPath ?? []);
            const both = ours.filter((path) => changed.includes(path));
            const before = filesBelow(root);
            try {
              project.save();
              expect(both).toEqual([]);
            } catch (refusal) {
              if (!(refusal instanceof WaapiError)) throw refusal;
              refusals += 1;
              expect(refusal.details).toMatchObject({ reason: 'changed_on_disk' });
              expect(both).toEqual(
                expect.arrayContaining([...JSON.parse(JSON.stringify(refusal.details.files))]),
              );
              expect(filesBelow(root)).toEqual(before);
              expect(project.isDirty).toBe(true);
              // Rolled back, there is nothing left to save, and theirs stays.
              undoAll(project.undo.undo);
              project.save();
              expect(project.isDirty).toBe(false);
              expect(filesBelow(root)).toEqual(before);
            }
            for (const path of changed) expect(readFileSync(path, 'utf8')).toContain('<!-- theirs -->');
          } finally {
            await engine.close();
            rmSync(root, { recursive: true, force: true });
          }
        },
      );
      await fc.assert(property, { seed, numRuns });
      expect(refusals).toBeGreaterThan(0);
    });
  },
);
