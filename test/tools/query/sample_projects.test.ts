import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withProject } from '../../harness/project.ts';
import { copySample, samplesDir } from '../../harness/sample-project.ts';

/** About 8,000 tokens. */
const mostCharacters = 21_000;

const samples = existsSync(samplesDir)
  ? readdirSync(samplesDir, { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? [entry.name] : [],
    )
  : [];

const questions: readonly (readonly [string, Readonly<Record<string, string | number>>])[] = [
  ['project_tree', { depth: 20, limit: 500 }],
  ['find_unused', { limit: 500 }],
  ['find_unused', { kind: 'busses' }],
  ['find_unused', { kind: 'gameSyncs' }],
  ['find_unused', { kind: 'shareSets', limit: 500 }],
  ['project_lint', { limit: 500 }],
  ['search', { words: 'test', limit: 500 }],
  ['references_to', { objectId: 'Bus:Main Audio Bus', limit: 500 }],
  ['references_to', { objectId: 'Bus:Master Audio Bus', limit: 500 }],
  ['describe_type', { of: 'Sound', response_format: 'detailed', limit: 500 }],
];

describe.skipIf(samples.length === 0)('a project that Wwise saved (needs the sample projects)', () => {
  it.each(samples)('%s answers every question within 8,000 tokens', async (name) => {
    const folder = mkdtempSync(join(tmpdir(), 'wwiseflow-sample-'));
    try {
      const copy = copySample(name, folder);
      await withProject(
        async ({ bus, done }) => {
          for (const [command, input] of questions) {
            const result = await bus.dispatch(command, input);
            // Each project has one of the two busses.
            if (!result.ok && result.code === 'OBJECT_NOT_FOUND' && command === 'references_to') continue;
            expect(result.ok ? null : `${command}: ${result.error}`).toBeNull();
            expect(JSON.stringify(result.data).length, command).toBeLessThan(mostCharacters);
          }
          const before = await done('find_unused', {});
          // What only the removed used is unused then.
          let steps = 0;
          for (; (await done('find_unused', {})).total !== 0 && steps < 5; steps += 1)
            await done('remove_unused', { confirm: true });
          expect(await done('find_unused', {})).toMatchObject({ total: 0 });
          await done('undo', { steps });
          expect(await done('find_unused', {})).toEqual(before);
        },
        { projectPath: projectIn(copy) },
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

function projectIn(folder: string): string {
  const file = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((path) =>
    path.endsWith('.wproj'),
  );
  return join(folder, file ?? '');
}
