import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { asJsonObject, type JsonObject } from '../../../../src/core/json.ts';
import { silentLog } from '../../../../src/core/log.ts';
import { reportProgress } from '../../../../src/facades/mcp/tools/report-progress.ts';

describe('the progress of a call', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const sent: JsonObject[] = [];
  const report = (progressToken: string | undefined) => {
    sent.length = 0;
    const notify = async (notification: unknown): Promise<void> => {
      sent.push(asJsonObject(asJsonObject(JSON.parse(JSON.stringify(notification))).params));
    };
    return reportProgress(
      { mcpReq: { _meta: progressToken === undefined ? {} : { progressToken }, notify } },
      silentLog,
    );
  };

  it('says of a call that is silent that it goes on, each time a little further, until it is over', () => {
    const { report: say, end } = report('t');
    vi.advanceTimersByTime(25_000);
    expect(sent.map(({ message }) => message)).toEqual(['under way for 10 s', 'under way for 20 s']);
    say(1, 3, 'n1 createSound: done');
    vi.advanceTimersByTime(9_000);
    expect(sent).toHaveLength(3);
    vi.advanceTimersByTime(2_000);
    expect(sent).toHaveLength(4);
    const steps = sent.map(({ progress }) => Number(progress));
    expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b));
    expect(sent.at(-1)).toMatchObject({ progressToken: 't', total: 3 });
    end();
    vi.advanceTimersByTime(60_000);
    expect(sent).toHaveLength(4);
  });

  it('says nothing to who did not ask', () => {
    const { report: say, end } = report(undefined);
    say(1, 3, 'n1 createSound: done');
    vi.advanceTimersByTime(60_000);
    end();
    expect(sent).toEqual([]);
  });
});
