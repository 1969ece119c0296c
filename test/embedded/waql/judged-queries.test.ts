import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { openProject } from '../../../src/embedded/project/open-project.ts';
import { runQuery } from '../../../src/embedded/waql/run-query.ts';
import { WaapiError } from '../../../src/wwise/connection/backend.ts';
import { copySample, samplesDir } from '../../harness/sample-project.ts';

/**
 * What over 300 queries find in projects that Wwise saved, each looked at beside the WAQL reference: names of all, or how many
 * and the first three, or the error. A change of one is to be judged again.
 */
const judged: Readonly<Record<string, Readonly<Record<string, string>>>> = JSON.parse(
  readFileSync(fileURLToPath(new URL('../../fixtures/waql-answers.json', import.meta.url)), 'utf8'),
);

const files: Readonly<Record<string, string>> = {
  'godot-tests-2025.1': 'GodotTests.wproj',
  'gyms-2022.1': 'Gyms.wproj',
  'pywwise-2024.1': 'PyWwise.wproj',
};

describe.skipIf(!existsSync(samplesDir))('queries that were judged (needs the shared projects)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'waql-judged-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(Object.entries(judged))('find in %s what they should', async (name, queries) => {
    const project = await openProject(join(copySample(name, folder), files[name] ?? ''));
    try {
      const answers = Object.keys(queries).map((query) => [
        query,
        inWords(() => runQuery(project.model, query)),
      ]);
      expect(Object.fromEntries(answers)).toEqual(queries);
    } finally {
      project.close();
    }
  });
});

function inWords(run: () => Iterable<{ readonly name: string; readonly type: string }>): string {
  try {
    const names = Array.from(run(), ({ name, type }) => (name === '' ? `<${type}>` : name));
    return names.length <= 4 ? names.join(', ') : `${names.length}: ${names.slice(0, 3).join(', ')}`;
  } catch (error) {
    if (error instanceof WaapiError) return `! ${error.message}`;
    throw error;
  }
}
