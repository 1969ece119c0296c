import { describe, expect, it } from 'vitest';
import { withScriptedWwise } from '../../harness/scripted-wwise.ts';

// Only a live Wwise can do this. A scripted peer answers in the documented shapes.

const core = 'ak.wwise.core';

describe('source control', () => {
  const files = ['C:\\Game\\Containers\\Default Work Unit.wwu'];
  const control = `${core}.sourceControl`;

  it('tells the status of files', () =>
    withScriptedWwise(
      { [`${control}.getStatus`]: () => ({ result: [{ owner: 'user', status: 'add' }], log: [] }) },
      async ({ done }) =>
        expect(await done('source_control_status', { files })).toEqual({
          files: [{ file: files[0], status: 'add', owner: 'user' }],
          log: [],
        }),
    ));

  it('adds, checks out, commits and reverts', () =>
    withScriptedWwise(
      {
        [`${control}.add`]: () => ({ log: [] }),
        [`${control}.checkOut`]: () => ({ log: [] }),
        [`${control}.commit`]: ({ args }) => (args.message === 'New' ? { log: [] } : new Error('no message')),
        [`${control}.revert`]: () => ({ log: [] }),
      },
      async ({ done, refused, called }) => {
        await done('source_control_change', { action: 'add', files });
        await done('source_control_change', { action: 'checkOut', files });
        await done('source_control_change', { action: 'commit', files, message: 'New' });
        expect(await done('source_control_revert', { files })).toEqual({ files, log: [] });
        expect(called()).toEqual(
          ['add', 'checkOut', 'commit', 'revert'].map((verb) => `core.sourceControl.${verb}`),
        );
        expect((await refused('source_control_change', { action: 'commit', files })).error).toContain(
          'needed with commit',
        );
      },
    ));

  it('does not call done what the log says failed', () =>
    withScriptedWwise(
      {
        [`${control}.checkOut`]: () => ({
          log: [{ severity: 'Error', time: 1, messageId: '', message: 'Locked by Ann.' }],
        }),
      },
      async ({ refused }) => {
        const failure = await refused('source_control_change', { action: 'checkOut', files });
        expect(failure).toMatchObject({
          code: 'WAAPI_ERROR',
          error: expect.stringContaining('Locked by Ann.'),
        });
      },
    ));
});
