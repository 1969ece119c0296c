import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ArtifactStore, NewArtifact } from '../../src/core/stores/artifact-store.ts';
import type { Stores } from '../../src/core/stores/stores.ts';
import type { StorePlace } from './store-contract.ts';

const day = 86_400_000;

export interface ArtifactPlace extends StorePlace {
  /** What another program reads at the address of an artifact, as text. */
  follow(url: string): Promise<string>;
}

/** What every implementation of the artifact store promises. `makePlace` gives an empty place for each test. */
export function describeArtifacts(kind: string, makePlace: () => Promise<ArtifactPlace>): void {
  describe(`artifacts kept ${kind}`, () => {
    let place: ArtifactPlace;
    let stores: Stores;
    let artifacts: ArtifactStore;
    let nowMs: number;

    beforeEach(async () => {
      nowMs = 1_000;
      place = await makePlace();
      stores = await place.open(undefined, () => nowMs);
      artifacts = stores.artifacts;
    });
    afterEach(async () => {
      await stores.close();
      await place.remove();
    });

    const put = (changes: Partial<NewArtifact>, content: string | AsyncIterable<Uint8Array> = 'hello') =>
      artifacts.put(
        {
          ...{ kind: 'output', run: 'exec_1', name: 'a', contentType: 'text/plain' },
          expiresAtMs: null,
          ...changes,
        },
        typeof content === 'string' ? bytesOf(content) : content,
        'killSafe',
      );
    const textOf = async (id: string) => {
      const content = await artifacts.get(id);
      return content === undefined ? undefined : Buffer.from(content).toString('utf8');
    };

    it('are given back whole, in part, and by what is known of them', async () => {
      const made = await put({ name: 'n/1 "ü".json', contentType: 'application/json' }, 'grün, hello');
      const id = 'output/default/exec_1/n/1 "ü".json';
      expect(made).toEqual({
        ...{ id, kind: 'output', run: 'exec_1', name: 'n/1 "ü".json', contentType: 'application/json' },
        ...{ bytes: 12, createdAtMs: 1_000, expiresAtMs: null },
      });
      expect(await artifacts.head(id)).toEqual(made);
      expect(await textOf(id)).toBe('grün, hello');
      const part = async (offset: number, bytes: number) =>
        Buffer.from((await artifacts.get(id, { offset, bytes })) ?? []).toString('utf8');
      expect(await part(0, 2)).toBe('gr');
      expect(await part(7, 3)).toBe('hel');
      expect(await part(7, 100)).toBe('hello');
      expect(await part(12, 1)).toBe('');
      expect(await part(100, 1)).toBe('');
      expect(await artifacts.get('output/default/exec_1/b')).toBeUndefined();
      expect(await artifacts.head('nothing')).toBeUndefined();
    });

    it('are taken from streams, and hold no byte of one that breaks', async () => {
      async function* chunks(breaks: boolean) {
        yield bytesOf('one ');
        await Promise.resolve();
        if (breaks) throw new Error('The line went dead.');
        yield bytesOf('two');
      }
      const { id, bytes } = await put({}, chunks(false));
      expect([await textOf(id), bytes]).toEqual(['one two', 7]);
      await expect(put({}, chunks(true))).rejects.toThrow('The line went dead.');
      expect(await textOf(id)).toBe('one two');
      await expect(put({ name: 'b' }, chunks(true))).rejects.toThrow('The line went dead.');
      expect(await artifacts.list('exec_1')).toHaveLength(1);
    });

    it('do not share their bytes with who put them', async () => {
      const content = bytesOf('abc');
      const { id } = await artifacts.put(
        { kind: 'output', run: 'r', name: 'n', contentType: 'text/plain', expiresAtMs: null },
        content,
        'powerSafe',
      );
      content.fill(0);
      expect(await textOf(id)).toBe('abc');
      (await artifacts.get(id))?.fill(0);
      expect(await textOf(id)).toBe('abc');
    });

    it('replace the ones of the same key, whole', async () => {
      const { id } = await put({}, 'a long content');
      nowMs = 2_000;
      expect(await put({ contentType: 'text/csv' }, 'short')).toMatchObject({
        id,
        bytes: 5,
        createdAtMs: 2_000,
      });
      expect(await textOf(id)).toBe('short');
      const racing = await Promise.all(['one', 'two', 'three'].map((text) => put({}, text)));
      expect(racing.map((artifact) => artifact.id)).toEqual([id, id, id]);
      expect(['one', 'two', 'three']).toContain(await textOf(id));
      expect((await artifacts.head(id))?.bytes).toBe((await textOf(id))?.length);
    });

    it('are distinguished by case and by what file names may not hold', async () => {
      const names = [
        'a',
        'A',
        'a ',
        'a.',
        'con',
        'NUL',
        '../a',
        'a/b',
        'a\\b',
        'a:b',
        '.',
        '..',
        '\u0007',
        'x'.repeat(500),
      ];
      for (const name of names) await put({ name }, `of ${name}`);
      const listed = await artifacts.list('exec_1');
      expect(listed.map(({ name }) => name).sort()).toEqual([...names].sort());
      for (const { id, name } of listed) expect(await textOf(id)).toBe(`of ${name}`);
    });

    it('are refused under a key that is none', async () => {
      for (const changes of [
        { kind: 'out/put' },
        { run: '..' },
        { run: '' },
        { name: '' },
        { name: 'x'.repeat(501) },
      ])
        await expect(put(changes)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    });

    it('have an address that leads to their content', async () => {
      const { id } = await put({}, 'over there');
      const link = await artifacts.link(id, 60_000);
      expect(link?.expiresAtMs ?? nowMs + 60_000).toBeGreaterThanOrEqual(nowMs + 60_000);
      expect(await place.follow(link?.url ?? '')).toBe('over there');
      expect(await artifacts.link('output/default/exec_1/b', 60_000)).toBeUndefined();
    });

    it('are gone from the moment they expire, swept up or not', async () => {
      const { id } = await put({ expiresAtMs: 5_000 });
      const kept = await put({ name: 'kept' });
      nowMs = 4_999;
      expect(await textOf(id)).toBe('hello');
      expect((await artifacts.link(id, 60_000))?.expiresAtMs).toBe(5_000);
      nowMs = 5_000;
      expect(await artifacts.get(id)).toBeUndefined();
      expect(await artifacts.head(id)).toBeUndefined();
      expect(await artifacts.link(id, 1)).toBeUndefined();
      expect(await artifacts.list('exec_1')).toEqual([kept]);
      expect(await artifacts.expire(id, null)).toBe(false);
      expect(await artifacts.sweep()).toBe(1);
      expect(await artifacts.sweep()).toBe(0);
      expect(await textOf(kept.id)).toBe('hello');
    });

    it('expire when they are asked to, or no more', async () => {
      const { id } = await put({});
      expect(await artifacts.expire(id, 2_000)).toBe(true);
      expect(await artifacts.head(id)).toMatchObject({ expiresAtMs: 2_000 });
      expect(await artifacts.expire(id, null)).toBe(true);
      nowMs = 3_000;
      expect(await textOf(id)).toBe('hello');
    });

    it('go with their run', async () => {
      const first = await put({});
      await put({ kind: 'report', name: 'b' });
      nowMs = 2_000;
      const other = await put({ run: 'exec_2' });
      expect(await artifacts.runsBefore(2_000)).toEqual(['exec_1']);
      expect(await artifacts.runsBefore(2_001)).toEqual(['exec_1', 'exec_2']);
      expect((await artifacts.list('exec_1')).map(({ kind: what }) => what)).toEqual(['output', 'report']);
      expect(await artifacts.remove([first.id, 'output/default/exec_1/none'])).toBe(1);
      expect(await artifacts.removeRuns(['exec_1', 'exec_9'])).toBe(1);
      expect(await artifacts.list('exec_1')).toEqual([]);
      expect(await textOf(other.id)).toBe('hello');
    });

    it('of one workspace are none of another', async () => {
      const { id } = await put({});
      const other = await place.open('other', () => nowMs);
      const own = await other.artifacts.put(
        { kind: 'output', run: 'exec_1', name: 'a', contentType: 'text/plain', expiresAtMs: null },
        bytesOf('others'),
        'killSafe',
      );
      expect(own.id).toBe('output/other/exec_1/a');
      expect(await other.artifacts.get(id)).toBeUndefined();
      expect(await other.artifacts.remove([id])).toBe(0);
      expect(await other.artifacts.expire(id, 1)).toBe(false);
      expect(await other.artifacts.removeRuns(['exec_1'])).toBe(1);
      nowMs += 10 * day;
      await other.artifacts.sweep();
      expect(await textOf(id)).toBe('hello');
      await other.close();
    });
  });
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
