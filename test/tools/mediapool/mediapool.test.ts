import { describe, expect, it } from 'vitest';
import { withScriptedWwise } from '../../harness/scripted-wwise.ts';

// Only a live Wwise can do this. A scripted peer answers in the documented shapes.

const core = 'ak.wwise.core';

describe('search_media', () => {
  it('pages through what Wwise finds, which cannot skip, and reports the total', () =>
    withScriptedWwise(
      {
        [`${core}.mediaPool.get`]: ({ args }) => ({
          return: pool.slice(0, Number(args.maxResults)),
        }),
      },
      async ({ done, refused, fake }) => {
        const first = await done('search_media', { searchText: 'Concrete', limit: 2 });
        expect(first).toMatchObject({ files: pool.slice(0, 2), total: 3, cursor: expect.any(String) });
        expect(fake.calls.map(({ args }) => args)).toContainEqual({ searchText: 'Concrete', maxResults: 3 });
        expect(
          await done('search_media', { searchText: 'Concrete', limit: 2, cursor: first.cursor ?? '' }),
        ).toMatchObject({
          files: pool.slice(2),
          total: 3,
          cursor: null,
        });
        expect(await refused('search_media', { searchText: 'Concrete', cursor: '9' })).toMatchObject({
          code: 'INVALID_INPUT',
          error: expect.stringContaining('was not given by an answer'),
        });
      },
    ));
});

const pool = ['a', 'b', 'c'].map((name) => ({
  Path: `C:\\WAV\\${name}.wav`,
  FileId: `{${name}}`,
  Db: { id: '{D}', name: 'FootStep' },
}));
