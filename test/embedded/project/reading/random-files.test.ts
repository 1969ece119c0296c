import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../../../src/core/log.ts';
import { createEngine } from '../../../../src/embedded/create-engine.ts';
import { embeddedFunctions } from '../../../../src/embedded/functions/catalog.ts';
import { checkProject } from '../../../../src/embedded/project/compare/check.ts';
import { openProject } from '../../../../src/embedded/project/open-project.ts';
import type { OpenedProject } from '../../../../src/embedded/project/opened-project.ts';
import { WaapiError } from '../../../../src/wwise/connection/backend.ts';
import { amount } from '../../../harness/amount.ts';
import { eras, writeEraProject } from '../../../harness/era-project.ts';
import { breachesOf } from '../../../harness/file-laws.ts';
import { addFolders } from '../../../harness/more-folders.ts';
import { callOnFilesOf, randomCalls } from '../../../harness/random-calls.ts';

const dir = realpathSync(mkdtempSync(join(tmpdir(), 'wwiseflow-files-')));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** PROPERTY_RUNS sets the number of runs, PROPERTY_SEED picks others. */
const numRuns = amount(3, 30, 'PROPERTY_RUNS');
const seed = Number(process.env.PROPERTY_SEED ?? 1);

function filesBelow(root: string): ReadonlyMap<string, Buffer> {
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(wproj|wwu)$/.test(name),
  );
  return new Map(names.map((name) => [name, readFileSync(join(root, name))]));
}

/** Each object with its path and the file it stands in. */
function places({ model, filePath }: OpenedProject): readonly string[] {
  return [...model.all()]
    .map((object) => {
      const file = object.type === 'Project' ? '' : relative(dirname(filePath), model.filePath(object));
      return `${model.path(object)} ${object.id} ${object.type} in ${file}`;
    })
    .sort();
}

describe.each(eras)('any calls on Work Units and folders of a project of schema %i', (schema) => {
  it('leave a sound project on disk that reads as it was in memory', async () => {
    const { projectPath } = writeEraProject(mkdtempSync(join(dir, 'p-')), schema);
    addFolders(projectPath, schema);
    const functions = embeddedFunctions({ productVersion: '0.0.0', installDir: dir, userDir: dir });
    const property = fc.asyncProperty(randomCalls, async (draws) => {
      const root = mkdtempSync(join(dir, 'r-'));
      cpSync(dirname(projectPath), root, { recursive: true });
      const project = await openProject(join(root, 'Era.wproj'));
      const engine = createEngine({ openProject: project, functions, log: silentLog });
      const session = engine.openSession();
      const made: string[] = [];
      try {
        for (const draw of draws) {
          const call = callOnFilesOf(project.model, draw);
          if (call === undefined) continue;
          const [uri, args] = call;
          const reported = `${uri} ${JSON.stringify(args)}`;
          try {
            await session.call(`ak.wwise.core.${uri}`, args, {});
            made.push(reported);
          } catch (refusal) {
            if (!(refusal instanceof WaapiError)) throw refusal;
            // What cannot be done is refused before anything is written.
            expect(
              ['ak.wwise.unexpected_error', 'ak.wwise.file_error'],
              `${reported}: ${refusal.message}`,
            ).not.toContain(refusal.uri);
            made.push(`refused: ${reported}: ${refusal.message}`);
          }
        }
        const reported = made.join('\n');
        project.save();
        expect(breachesOf(filesBelow(root)), reported).toEqual([]);
        expect(checkProject(project.filePath), reported).toMatchObject({
          differences: [],
          brokenFiles: [],
          strayFiles: [],
        });
        const again = await openProject(project.filePath, { lock: false });
        const [now, then] = [places(again), places(project)];
        again.close();
        expect(
          now.filter((line) => !then.includes(line)),
          reported,
        ).toEqual(then.filter((line) => !now.includes(line)));
      } finally {
        await engine.close();
        rmSync(root, { recursive: true, force: true });
      }
    });
    await fc.assert(property, { seed, numRuns });
  });
});
