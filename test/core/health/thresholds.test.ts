import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { alertsOf, readThresholds } from '../../../src/core/health/thresholds.ts';
import { tempDir } from '../../harness/temp-dir.ts';

const calm = { waiting: 0, active: 0, dead: 0, ended: 0, failed: 0, longestWaitMs: 0 };
const usual = readThresholds(undefined);
const kinds = (measured: Parameters<typeof alertsOf>[0], limits = usual) =>
  alertsOf(measured, limits).map(({ kind }) => kind);

describe('thresholds', () => {
  const dir = tempDir('thresholds');
  const file = (text: string) => {
    writeFileSync(join(dir, 't.json'), text);
    return join(dir, 't.json');
  };

  it('are silent where all is well, or nothing can be measured', () => {
    expect(kinds({})).toEqual([]);
    expect(kinds({ jobs: calm, requestP95Ms: 500, storageRatio: 0.9 })).toEqual([]);
  });

  it('warn once of failed jobs, of a long queue, long waits, slow requests and a full disk', () => {
    expect(kinds({ jobs: { ...calm, ended: 1, failed: 1 } })).toEqual(['jobFailureRatio']);
    expect(kinds({ jobs: { ...calm, ended: 20, failed: 11 } })).toEqual(['jobFailureRatio']);
    expect(kinds({ jobs: { ...calm, ended: 20, failed: 3 } })).toEqual(['jobSuccessRatio']);
    expect(kinds({ jobs: { ...calm, ended: 9, failed: 3 } })).toEqual([]);
    expect(kinds({ jobs: { ...calm, waiting: 51, longestWaitMs: 600_001 } })).toEqual([
      'queueLength',
      'jobWaitMs',
    ]);
    expect(kinds({ requestP95Ms: 501, storageRatio: 0.91 })).toEqual(['requestP95Ms', 'storageRatio']);
  });

  it('come from a file, in part, with null for none', () => {
    const own = readThresholds(file('{"queueLength": 5, "storageRatio": null}'));
    expect(kinds({ jobs: { ...calm, waiting: 6 }, storageRatio: 1, requestP95Ms: 501 }, own)).toEqual([
      'requestP95Ms',
      'queueLength',
    ]);
  });

  it.each(['{', '{"queue": 5}', '{"storageRatio": 90}'])('are refused as %s, by name', (text) => {
    expect(() => readThresholds(file(text))).toThrow(/The thresholds in ".*t\.json" are wrong: /);
  });
});
