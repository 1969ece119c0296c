import type { Report } from '../compiler/problem.ts';
import { showValue } from '../runtime/values/show-value.ts';
import { LONGEST_TIMEOUT_MS, readTimeoutMs } from './failure-policy.ts';

/** A time limit as a number of seconds, or as a text with its unit: `"500ms"`, `"30s"`, `"5m"`, `"1h"`. In milliseconds. */
export function readTimeout(
  value: unknown,
  pointer: string,
  report: Report,
  node: string | undefined,
): number | undefined {
  if (value === undefined || value === null) return undefined;
  const ms = inMs(value);
  if (ms !== undefined && ms >= 1 && ms <= LONGEST_TIMEOUT_MS)
    return readTimeoutMs(ms, pointer, report, node);
  report({
    code: 'WORKFLOW_INVALID',
    message: `"timeout" cannot be ${showValue(value)}.`,
    pointer,
    expected: 'a number of seconds, or a text as "500ms", "30s", "5m" or "1h", up to a day',
    ...(node === undefined ? {} : { node }),
  });
  return undefined;
}

const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

function inMs(value: unknown): number | undefined {
  if (typeof value === 'number') return value * 1_000;
  const [, number, unit] = /^(\d+(?:\.\d+)?) ?(ms|s|m|h)$/.exec(String(value)) ?? [];
  return number === undefined ? undefined : Number(number) * (units[unit ?? ''] ?? 1);
}
