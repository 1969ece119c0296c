import { describe, expect, it } from 'vitest';
import { withScriptedWwise } from '../../harness/scripted-wwise.ts';

// Only a live Wwise can do this. A scripted peer answers in the documented shapes.

const core = 'ak.wwise.core';
const nothing = () => ({});

describe('the log', () => {
  it('is read newest first by severity, written and cleared', () =>
    withScriptedWwise(
      {
        [`${core}.log.get`]: () => ({
          items: [
            { severity: 'Message', time: 1, messageId: '', message: 'one' },
            {
              severity: 'Warning',
              time: 2,
              messageId: 'W',
              message: 'two',
              platform: { id: '{}', name: 'Windows' },
            },
            { severity: 'Error', time: 3, messageId: 'E', message: 'three' },
          ],
        }),
        [`${core}.log.addItem`]: nothing,
        [`${core}.log.clear`]: nothing,
      },
      async ({ done, fake }) => {
        expect(await done('get_log', { channel: 'conversion', severity: 'Warning', limit: 1 })).toEqual({
          channel: 'conversion',
          items: [{ severity: 'Error', time: 3, message: 'three' }],
          total: 2,
          cursor: expect.any(String),
        });
        expect(await done('add_log_item', { message: 'Hello' })).toEqual({
          channel: 'general',
          message: 'Hello',
        });
        await done('clear_log', {});
        expect(fake.calls.slice(-2).map(({ args }) => args)).toEqual([
          { message: 'Hello', severity: 'Message', channel: 'general' },
          { channel: 'general' },
        ]);
      },
    ));
});
