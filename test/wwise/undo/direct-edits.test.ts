import { describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject } from '../../../src/core/json.ts';
import type { WaapiBackend } from '../../../src/wwise/connection/backend.ts';
import { type ProjectRoom, withProject } from '../../harness/project.ts';

const parentPath = '\\Containers\\Default Work Unit';

async function make(room: ProjectRoom, ...names: readonly string[]): Promise<void> {
  for (const name of names) await room.done('create_sound', { name, parentPath });
}

const loud = (name: string, volume: number) => ({
  query: `$ from type Sound where name : "${name}"`,
  properties: { Volume: volume },
});

async function names({ waapi }: ProjectRoom, waql: string): Promise<unknown[]> {
  const answer = await waapi.call('ak.wwise.core.object.get', { waql }, { return: ['name'] });
  return asJsonArray(answer.return).map((row) => asJsonObject(row).name);
}

const sounds = (room: ProjectRoom) => names(room, '$ from type Sound orderby name');
/** Those that are not at 0 dB. */
const changed = (room: ProjectRoom) => names(room, '$ from type Sound where @Volume != 0 orderby name');

describe('direct edits that overlap', () => {
  it('are an undo step each', () =>
    withProject(async (room) => {
      await make(room, 'Wind_1', 'Wind_2', 'Rain_1', 'Rain_2');
      const edits = await Promise.all([
        room.bus.dispatch('set_many', loud('Wind', -6)),
        room.bus.dispatch('set_many', loud('Rain', -3)),
        room.bus.dispatch('create_sound', { name: 'Last', parentPath }),
      ]);
      expect(edits.map(({ ok }) => ok)).toEqual([true, true, true]);
      expect(await changed(room)).toEqual(['Rain_1', 'Rain_2', 'Wind_1', 'Wind_2']);
      const sizes: number[] = [];
      for (let step = 0; step < 3; step += 1) {
        await room.done('undo', {});
        sizes.push((await changed(room)).length);
      }
      // Every step rolls back one edit, whole: both of a pair of Sounds, or the new Sound.
      expect(sizes.filter((size) => size % 2 !== 0)).toEqual([]);
      expect(sizes.at(-1)).toBe(0);
      expect(await sounds(room)).toEqual(['Rain_1', 'Rain_2', 'Wind_1', 'Wind_2']);
    }));

  it('keep what they did when the other one is cancelled and rolled back', () => {
    const control = new AbortController();
    let sets = 0;
    const wire = (backend: WaapiBackend): WaapiBackend => ({
      ...backend,
      call: (uri, ...rest) => {
        if (uri === 'ak.wwise.core.object.set') sets += 1;
        if (sets === 2) control.abort();
        return backend.call(uri, ...rest);
      },
    });
    return withProject(
      async (room) => {
        await make(room, 'Wind_1', 'Wind_2', 'Wind_3');
        const { signal } = control;
        const [cancelled, made] = await Promise.all([
          room.bus.dispatch('set_many', loud('Wind', -6), { signal }),
          room.bus.dispatch('create_sound', { name: 'Kept', parentPath }),
        ]);
        expect(cancelled.ok).toBe(false);
        expect(made.ok).toBe(true);
        expect(await changed(room)).toEqual([]);
        expect(await sounds(room)).toEqual(['Kept', 'Wind_1', 'Wind_2', 'Wind_3']);
      },
      { wire },
    );
  });
});
