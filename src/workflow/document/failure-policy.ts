import { type ErrorCode, errorCodes } from '../../core/errors.ts';
import { asJsonArray, isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { didYouMean, nearest } from '../../core/text/nearest.ts';
import type { Problem, Report } from '../compiler/problem.ts';
import { showValue, typeInWords } from '../runtime/values/show-value.ts';
import { below } from './json-pointer.ts';
import { documentKeys, readKeys } from './keys.ts';
import type { NodeOnError, RetryPolicy, RunOnError } from './workflow.ts';

export const runOnErrors: readonly RunOnError[] = ['stop', 'continue', 'rollback'];
export const nodeOnErrors: readonly NodeOnError[] = ['stop', 'continue', 'route'];

/** Codes after which trying again can help: nothing was changed, and nothing but time has to pass. */
export const retryCodes: readonly ErrorCode[] = keysOf(errorCodes).filter(
  (code) => errorCodes[code].retryable && code !== 'CANCELLED',
);

/** Longest time limit, in milliseconds: a day. */
export const LONGEST_TIMEOUT_MS = 86_400_000;

/** The numbers of a retry policy: the value when it is left out, and the range. */
export const retryNumbers = {
  maxRetries: { preset: 3, least: 0, most: 20 },
  initialDelayMs: { preset: 1_000, least: 0, most: 600_000 },
  backoffMultiplier: { preset: 2, least: 1, most: 10 },
  maxDelayMs: { preset: 30_000, least: 0, most: 3_600_000 },
} as const;

/** One of `choices`, or undefined when it was left out or is none of them (which is reported). */
export function readChoice<T extends string>(
  value: unknown,
  choices: readonly T[],
  pointer: string,
  report: Report,
  node?: string,
): T | undefined {
  if (value === undefined || value === null) return undefined;
  const choice = choices.find((known) => known === value);
  if (choice !== undefined) return choice;
  const word = choices.find(
    (known) => known === (/^(ignore|skip|warn)/i.test(String(value)) ? 'continue' : 'stop'),
  );
  const candidates = typeof value === 'string' ? nearest(value, choices) : [];
  const hint = typeof value === 'string' ? didYouMean(value, choices) : '';
  const [best = word ?? choices[0] ?? ''] = candidates;
  report(
    about(node, {
      code: 'WORKFLOW_INVALID',
      message: `"onError" cannot be ${showValue(value)}.${hint}`,
      pointer,
      expected: `one of: ${choices.join(', ')}`,
      ...(candidates.length === 0 ? {} : { didYouMean: candidates }),
      suggestion: [{ op: 'replace', path: pointer, value: best }],
    }),
  );
  return undefined;
}

/** A time limit in milliseconds. */
export function readTimeoutMs(
  value: unknown,
  pointer: string,
  report: Report,
  node?: string,
): number | undefined {
  if (value === undefined || value === null) return undefined;
  return readNumber(value, pointer, '"timeoutMs"', { least: 1, most: LONGEST_TIMEOUT_MS }, report, node);
}

/** How many nodes may be under way at once, and begin in a second: the ranges. */
export const paceNumbers = {
  concurrency: { least: 1, most: 64 },
  maxPerSecond: { least: 1, most: 1_000 },
} as const;

/** A whole number of nodes. */
export function readPace(value: unknown, name: keyof typeof paceNumbers, report: Report): number | undefined {
  if (value === undefined || value === null) return undefined;
  const whole = typeof value === 'number' && !Number.isInteger(value) ? null : value;
  return readNumber(whole, `/${name}`, `"${name}"`, paceNumbers[name], report, undefined);
}

/** A retry policy, what is left out filled in. */
export function readRetry(
  value: Json | undefined,
  pointer: string,
  report: Report,
  node: string | undefined,
): RetryPolicy | undefined {
  if (value === undefined || value === null) return undefined;
  if (!isJsonObject(value)) {
    const message = `"retry" must be an object, not ${typeInWords(value)}.`;
    report(about(node, { code: 'WORKFLOW_INVALID', message, pointer, expected: '{ "maxRetries": 3 }' }));
    return undefined;
  }
  readKeys(value, pointer, 'A retry policy', retryKeys, report, node);
  const number = (name: keyof typeof retryNumbers) => {
    const limits = retryNumbers[name];
    const alias = name === 'initialDelayMs' || name === 'maxDelayMs' ? alsoCalled[name] : name;
    const key = value[name] === undefined ? alias : name;
    if (value[key] === undefined) return limits.preset;
    const found = readNumber(value[key], below(pointer, key), `"retry.${key}"`, limits, report, node);
    return found ?? limits.preset;
  };
  if (value.jitter !== undefined && typeof value.jitter !== 'boolean') {
    const message = `"retry.jitter" must be true or false, not ${showValue(value.jitter)}.`;
    report(
      about(node, {
        code: 'WORKFLOW_INVALID',
        message,
        pointer: below(pointer, 'jitter'),
        expected: 'boolean',
      }),
    );
  }
  const codes = readCodes(value, pointer, report, node);
  return {
    maxRetries: number('maxRetries'),
    initialDelayMs: number('initialDelayMs'),
    backoffMultiplier: number('backoffMultiplier'),
    maxDelayMs: number('maxDelayMs'),
    jitter: value.jitter !== false,
    ...(codes === undefined ? {} : { codes }),
  };
}

/** Other names of a delay, in milliseconds as well, and of the codes. */
const alsoCalled = {
  initialDelayMs: 'initialDelay',
  maxDelayMs: 'maxDelay',
  codes: 'retryableErrors',
} as const;

const retryKeys = documentKeys([
  ...Object.keys(retryNumbers),
  ...['jitter', 'codes', ...Object.values(alsoCalled)],
]);

/** Codes by the classes that other formats name. */
export const retryClasses: Readonly<Record<string, readonly ErrorCode[]>> = {
  TIMEOUT: retryCodes.filter((code) => code.endsWith('TIMEOUT')),
  RATE_LIMIT: retryCodes.filter((code) => code === 'RATE_LIMITED'),
  SERVER_ERROR: retryCodes.filter((code) => !code.endsWith('TIMEOUT') && code !== 'RATE_LIMITED'),
};

function readCodes(
  retry: JsonObject,
  base: string,
  report: Report,
  node: string | undefined,
): readonly ErrorCode[] | undefined {
  const key = retry.codes === undefined ? alsoCalled.codes : 'codes';
  const wanted = retry[key];
  if (wanted === undefined) return undefined;
  const pointer = below(base, key);
  const codes: ErrorCode[] = [];
  if (!Array.isArray(wanted)) {
    const message = `"retry.${key}" must be an array of error codes, not ${typeInWords(wanted)}.`;
    report(about(node, { code: 'WORKFLOW_INVALID', message, pointer, expected: retryCodes.join(', ') }));
  }
  for (const [index, given] of asJsonArray(wanted).entries()) {
    const code = retryCodes.find((known) => known === given);
    const ofClass = key === 'codes' || typeof given !== 'string' ? undefined : retryClasses[given];
    if (ofClass !== undefined) codes.push(...ofClass.filter((one) => !codes.includes(one)));
    else if (code !== undefined) codes.push(code);
    else {
      const why = given === 'OUTCOME_UNKNOWN' ? ': the effect may have taken place' : '';
      report(
        about(node, {
          code: 'WORKFLOW_INVALID',
          message: `${showValue(given)} cannot be tried again${why}.`,
          pointer: below(pointer, index),
          expected: `one of: ${[...(key === 'codes' ? [] : Object.keys(retryClasses)), ...retryCodes].join(', ')}`,
          suggestion: [{ op: 'remove', path: below(pointer, index) }],
        }),
      );
    }
  }
  return codes;
}

function readNumber(
  value: unknown,
  pointer: string,
  what: string,
  { least, most }: { readonly least: number; readonly most: number },
  report: Report,
  node: string | undefined,
): number | undefined {
  if (typeof value === 'number' && value >= least && value <= most) return value;
  const message = `${what} cannot be ${showValue(value)}.`;
  const expected = `a number from ${least} to ${most}`;
  report(about(node, { code: 'WORKFLOW_INVALID', message, pointer, expected }));
  return undefined;
}

function about(node: string | undefined, problem: Problem): Problem {
  return node === undefined ? problem : { ...problem, node };
}

function keysOf<T extends object>(object: T): (keyof T & string)[] {
  const isKey = (key: string): key is keyof T & string => Object.hasOwn(object, key);
  return Object.keys(object).filter(isKey);
}
