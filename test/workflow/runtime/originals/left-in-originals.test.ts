import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../src/core/json.ts';
import { type TwoClients, withTwoClients } from '../../../harness/two-clients.ts';
import { writeTone } from '../../../harness/wave.ts';
import { node } from '../../harness.ts';

/** Shared calls that import, fail and are rolled back, so that what they brought into the Originals is cleared up. */

const parentPath = '\\Containers\\Default Work Unit';

/** The second node is at fault, so the third, whose file was imported together with that of the first, is not reached. */
function nodes(first: string, second: string): readonly JsonObject[] {
  return [
    node('first', 'audio_import', { filePath: first, parentPath, name: 'First' }),
    node('bad', 'set_property', { objectId: '$from:first:$output:objectId', property: 'Volume', value: 1e9 }),
    node('import', 'audio_import', { filePath: second, parentPath, name: 'Step' }),
  ];
}

/** Runs them; `meanwhile` is what another server does between the import and the call that fails. */
async function failing(
  { dir, run, beforeCall }: TwoClients,
  meanwhile: (wav: string) => Promise<unknown>,
): Promise<{ readonly answer: JsonObject; readonly original: string }> {
  const wavs = ['first', 'step'].map((name, at) => {
    const path = join(dir, 'wavs', `${name}.wav`);
    writeTone(path, { frequencyHz: 300 + 100 * at });
    return path;
  });
  const [first = '', second = ''] = wavs;
  const original = join(dir, 'project', 'Originals', 'SFX', 'step.wav');
  let wasThere = false;
  beforeCall(
    (uri, args) => uri.endsWith('object.set') && JSON.stringify(args).includes('1000000000'),
    async () => {
      wasThere = existsSync(original);
      await meanwhile(second);
    },
  );
  const { answer } = await run({ nodes: [...nodes(first, second)] });
  expect(answer).toMatchObject({ ok: false, details: { stopAt: 'bad' } });
  expect(wasThere).toBe(true);
  return { answer, original };
}

describe('an Original of shared calls that were rolled back', () => {
  it('is removed, and nothing is said', () =>
    withTwoClients(async (room) => {
      const { answer, original } = await failing(room, async () => {});
      expect(existsSync(original)).toBe(false);
      expect(JSON.stringify(answer)).not.toContain('leftInOriginals');
    }));

  it('stays and is named in leftInOriginals when another server plays it meanwhile', () =>
    withTwoClients(async (room) => {
      const { answer, original } = await failing(room, (filePath) =>
        room.b.done('audio_import', { filePath, parentPath, name: 'Theirs' }),
      );
      expect(existsSync(original)).toBe(true);
      expect(answer.details).toMatchObject({ leftInOriginals: [expect.stringContaining('step.wav')] });
      await room.b.done('get_object', { objectId: `${parentPath}\\Theirs` });
      await room.b.refused('get_object', { objectId: `${parentPath}\\Step` });
    }));
});
