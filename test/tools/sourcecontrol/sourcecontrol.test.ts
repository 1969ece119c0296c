import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withScriptedWwise } from '../../harness/scripted-wwise.ts';

// Only a live Wwise can do this. A scripted peer answers in the documented shapes.

const core = 'ak.wwise.core';

describe('source control', () => {
  const filesIn = (dir: string) => [join(dir, 'Containers', 'Default Work Unit.wwu')];
  const control = `${core}.sourceControl`;

  it('reports the status of files', () =>
    withScriptedWwise(
      { [`${control}.getStatus`]: () => ({ result: [{ owner: 'user', status: 'add' }], log: [] }) },
      async ({ done, dir }) => {
        const files = filesIn(dir);
        expect(await done('source_control_status', { files })).toEqual({
          files: [{ file: files[0], status: 'add', owner: 'user' }],
          log: [],
        });
      },
    ));

  it('adds, checks out, commits and reverts', () =>
    withScriptedWwise(
      {
        [`${control}.add`]: () => ({ log: [] }),
        [`${control}.checkOut`]: () => ({ log: [] }),
        [`${control}.commit`]: ({ args }) => (args.message === 'New' ? { log: [] } : new Error('no message')),
        [`${control}.revert`]: () => ({ log: [] }),
        [`${control}.getStatus`]: () => ({ result: [{ owner: '', status: 'normal' }], log: [] }),
      },
      async ({ done, refused, called, dir }) => {
        const files = filesIn(dir);
        await done('source_control_change', { action: 'add', files });
        await done('source_control_change', { action: 'checkOut', files });
        await done('source_control_change', { action: 'commit', files, message: 'New' });
        expect(await done('source_control_revert', { files })).toEqual({ files, log: [] });
        expect(called()).toEqual(
          ['add', 'checkOut', 'commit', 'getStatus', 'revert'].map((verb) => `core.sourceControl.${verb}`),
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
      async ({ refused, dir }) => {
        const failure = await refused('source_control_change', { action: 'checkOut', files: filesIn(dir) });
        expect(failure).toMatchObject({
          code: 'WAAPI_ERROR',
          error: expect.stringContaining('Locked by Ann.'),
        });
      },
    ));

  it('asks before work is lost, and counts every word it does not know as work', () =>
    withScriptedWwise(
      {
        [`${control}.getStatus`]: () => ({ result: [{ owner: '', status: 'checked out by me' }], log: [] }),
        [`${control}.revert`]: () => ({ log: [] }),
      },
      async ({ done, refused, called, dir }) => {
        const files = filesIn(dir);
        expect(await refused('source_control_revert', { files })).toMatchObject({
          code: 'CONFIRMATION_REQUIRED',
          details: { files: [{ file: files[0], status: 'checked out by me' }] },
        });
        expect(called()).toEqual(['core.sourceControl.getStatus']);
        await done('source_control_revert', { files, confirm: true });
        expect(called()).toEqual(['core.sourceControl.getStatus', 'core.sourceControl.revert']);
      },
    ));

  it('asks too where the plug-in cannot say what a file is', () =>
    withScriptedWwise({ [`${control}.revert`]: () => ({ log: [] }) }, async ({ refused, dir }) => {
      const failure = await refused('source_control_revert', { files: filesIn(dir) });
      expect(failure).toMatchObject({ code: 'CONFIRMATION_REQUIRED' });
    }));
});
