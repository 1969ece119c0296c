import { InvalidArgumentError } from 'commander';
import { isWorkspaceName } from '../../core/access/token.ts';
import { asJsonArray, isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { splitList } from '../read-text-value.ts';

/** Gathers an option that may be given several times. */
export function collect(value: string, previous: unknown): string[] {
  return [...strings(previous), value];
}

/** The same for one that may hold several values, separated by commas. */
export function collectList(value: string, previous: unknown): string[] {
  return [...strings(previous), ...splitList(value)];
}

/** A port from 0 to 65535. Like the others below it throws InvalidArgumentError, which commander words as its own. */
export function port(value: string): number {
  return wholeNumber(value, 65_535, 'It must be a port from 0 to 65535.');
}

/** 0 to 100 clients. */
export function clientCount(value: string): number {
  return wholeNumber(value, 100, 'It must be a whole number from 0 to 100.');
}

/** A whole number of seconds. */
export function seconds(value: string): number {
  return wholeNumber(value, 1_000_000, 'It must be a whole number of seconds, at most 1,000,000.');
}

/** 2 to 300 seconds: what is shorter, a slow database would end. */
export function takeOverSeconds(value: string): number {
  return wholeNumber(value, 300, 'It must be a whole number of seconds from 2 to 300.', 2);
}

/** 1 second to 24 hours. */
export function jobSeconds(value: string): number {
  return wholeNumber(value, 86_400, 'It must be a whole number of seconds from 1 to 86,400.', 1);
}

/** 1 to 200 runs. */
export function runCount(value: string): number {
  return wholeNumber(value, 200, 'It must be a whole number from 1 to 200.', 1);
}

/** A whole number of megabytes; 0: none. */
export function megabytes(value: string): number {
  return wholeNumber(value, 100_000_000, 'It must be a whole number of megabytes.', 0);
}

/** 1 to 1,000,000 jobs. */
export function jobCount(value: string): number {
  return wholeNumber(value, 1_000_000, 'It must be a whole number from 1 to 1,000,000.', 1);
}

/** A whole number of days, at most 100 years. */
export function dayCount(value: string): number {
  return wholeNumber(value, 36_500, 'It must be a whole number of days.');
}

/** What can name a workspace. */
export function workspaceName(text: string): string {
  if (isWorkspaceName(text)) return text;
  throw new InvalidArgumentError('It must be lower case letters, digits, "-" and "_", at most 64.');
}

/** A JSON object. */
export function jsonObject(value: string): JsonObject {
  try {
    const parsed: unknown = JSON.parse(value);
    if (isJsonObject(parsed)) return parsed;
  } catch {
    // Said below, together with JSON that is no object.
  }
  throw new InvalidArgumentError('It must be a JSON object, such as {"name": "Step"}.');
}

/** Any JSON. */
export function jsonValue(value: string): Json {
  try {
    const parsed: Json = JSON.parse(value);
    return parsed;
  } catch {
    throw new InvalidArgumentError('It must be JSON, such as {"value": true} or "SFX".');
  }
}

function wholeNumber(value: string, max: number, expected: string, min = 0): number {
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= min && number <= max)) throw new InvalidArgumentError(expected);
  return number;
}

/** The texts among what commander gathered. */
export function strings(value: unknown): string[] {
  return asJsonArray(value).filter((item): item is string => typeof item === 'string');
}
