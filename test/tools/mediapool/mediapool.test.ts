import { describe, expect, it } from 'vitest';
import { withScriptedWwise } from '../../harness/scripted-wwise.ts';

// Only a live Wwise can do this. A scripted peer answers in the documented shapes.

const core = 'ak.wwise.core';

describe('search_media', () => {
  it('finds files and says when there may be more', () =>
    withScriptedWwise(
      {
        [`${core}.mediaPool.get`]: () => ({
          return: [{ Path: 'C:\\WAV\\a.wav', FileId: '{E}', Db: { id: '{D}', name: 'FootStep' } }],
        }),
      },
      async ({ done, fake }) => {
        expect(await done('search_media', { searchText: 'Concrete', limit: 1 })).toMatchObject({
          files: [{ Path: 'C:\\WAV\\a.wav', Db: { name: 'FootStep' } }],
          total: 1,
          truncated: true,
        });
        expect(fake.calls.at(-1)?.args).toEqual({ searchText: 'Concrete', maxResults: 1 });
      },
    ));
});
