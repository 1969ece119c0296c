import { describe, expect, it } from 'vitest';
import { withScriptedWwise } from '../../harness/scripted-wwise.ts';

// Only a live Wwise can do this. A scripted peer answers in the documented shapes.

const core = 'ak.wwise.core';
const nothing = () => ({});

describe('the profiler', () => {
  it('captures and gives a moment, the most expensive first', () =>
    withScriptedWwise(
      {
        [`${core}.profiler.enableProfilerData`]: nothing,
        [`${core}.profiler.startCapture`]: () => ({ return: 0 }),
        [`${core}.profiler.stopCapture`]: () => ({ return: 4_000 }),
        [`${core}.profiler.getCpuUsage`]: () => ({
          return: [
            { elementName: 'Meter', percentInclusive: 0.1 },
            { elementName: 'Interactive Music', percentInclusive: 0.9 },
          ],
        }),
        [`${core}.profiler.getVoices`]: ({ options }) => ({
          return: String(options.return).includes('objectName') ? [{ objectName: 'MySound' }] : [],
        }),
      },
      async ({ done }) => {
        expect(await done('profiler_capture', { action: 'start', data: ['cpu'] })).toEqual({
          action: 'start',
          timeMs: 0,
        });
        expect(await done('profiler_snapshot', { what: 'cpu', limit: 1 })).toEqual({
          what: 'cpu',
          items: [{ elementName: 'Interactive Music', percentInclusive: 0.9 }],
          total: 2,
          cursor: expect.any(String),
        });
        expect(await done('profiler_snapshot', { what: 'voices' })).toMatchObject({
          items: [{ objectName: 'MySound' }],
        });
        expect(await done('profiler_capture', { action: 'stop' })).toEqual({ action: 'stop', timeMs: 4_000 });
      },
    ));
});
