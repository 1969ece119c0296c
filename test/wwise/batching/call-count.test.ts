import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/core/json.ts';
import { withRuns } from '../../harness/runs.ts';
import { writeTone } from '../../harness/wave.ts';
import { tappedWire } from '../../harness/wire.ts';
import { node } from '../../workflow/harness.ts';

const containers = '\\Containers\\Default Work Unit';
const busPath = '\\Busses\\Default Work Unit\\Main Audio Bus';

/** The nodes of the sound with this number; `of` refers to what a node made. */
type Recipe = (at: number, filePath: string, of: (id: string) => string) => JsonObject[];

const recipes: Readonly<Record<string, Recipe>> = {
  'imports that make the Sound': (at, filePath, of) => [
    node(`import${at}`, 'audio_import', { filePath, parentPath: containers, name: `S${at}` }),
    node(`route${at}`, 'set_output_bus', { objectId: of('import'), busPath }),
    node(`volume${at}`, 'set_property', { objectId: of('import'), property: 'Volume', value: -3 }),
  ],
  'paths in the place of references': (at, filePath) => [
    node(`create${at}`, 'create_sound', { name: `S${at}`, parentPath: containers }),
    node(`import${at}`, 'audio_import', { filePath, objectId: `${containers}\\S${at}` }),
    node(`route${at}`, 'set_output_bus', { objectId: `${containers}\\S${at}`, busPath }),
  ],
  'a container, an Event and notes for each': (at, filePath, of) => [
    node(`box${at}`, 'create_container', { kind: 'random', name: `Box${at}`, parentPath: containers }),
    node(`create${at}`, 'create_sound', { name: `S${at}`, parentPath: of('box') }),
    node(`import${at}`, 'audio_import', { filePath, objectId: of('create') }),
    node(`event${at}`, 'create_event', { name: `Play_${at}`, targetPath: of('box') }),
    node(`notes${at}`, 'set_notes', { objectId: of('create'), notes: 'First take.' }),
  ],
  'two changes of one property': (at, filePath, of) => [
    node(`create${at}`, 'create_sound', { name: `S${at}`, parentPath: containers }),
    node(`low${at}`, 'set_property', { objectId: of('create'), property: 'Pitch', value: -10 }),
    node(`import${at}`, 'audio_import', { filePath, objectId: of('create') }),
    node(`high${at}`, 'set_property', { objectId: of('create'), property: 'Pitch', value: 10 }),
  ],
  'a bus for each': (at, filePath, of) => [
    node(`bus${at}`, 'create_bus', { name: `B${at}`, parentPath: busPath }),
    node(`import${at}`, 'audio_import', { filePath, parentPath: containers, name: `S${at}` }),
    node(`route${at}`, 'set_reference', {
      objectId: of('import'),
      reference: 'OutputBus',
      targetPath: of('bus'),
    }),
  ],
};

describe.each(Object.entries(recipes))('%s', (_name, recipe) => {
  it.each(['sound by sound', 'kind by kind'])(
    'take as many calls for thirty sounds as for three, listed %s',
    async (order) => {
      const [few, many] = [await callsFor(3, recipe, order), await callsFor(30, recipe, order)];
      expect(many).toBe(few);
      expect(many).toBeLessThanOrEqual(14);
    },
  );
});

async function callsFor(count: number, recipe: Recipe, order: string): Promise<number> {
  const wire = tappedWire();
  await withRuns(
    async (room) => {
      const sounds = Array.from({ length: count }, (_, at) => {
        const filePath = join(room.dir, 'wavs', `s${at}.wav`);
        writeTone(filePath, { frequencyHz: 100 + at });
        return recipe(at, filePath, (id) => `$from:${id}${at}:$output:objectId`);
      });
      const kinds = (sounds[0] ?? []).map((_, kind) =>
        sounds.flatMap((sound) => sound.slice(kind, kind + 1)),
      );
      const nodes: JsonObject[] = (order === 'sound by sound' ? sounds : kinds).flat();
      const { answer } = await room.run({ workflowId: 'w', nodes: [...nodes, node('save', 'project_save')] });
      expect(answer).toMatchObject({ ok: true });
    },
    { wire: wire.tap },
  );
  return wire.calls.length;
}
