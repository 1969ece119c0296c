import { resolve } from 'node:path';
import { isJsonObject, type Json } from '../../core/json.ts';
import { isSecretName } from '../../core/secrets/without-credentials.ts';
import { didYouMean } from '../../core/text/nearest.ts';
import { isAddress, isServerAddress } from '../address.ts';
import type { NumberRange, SecretReference, Setting, SettingValue } from '../setting.ts';
import { isTimeoutName } from '../timeout-name.ts';
import { type ConfigProblem, memberPointer } from './problems.ts';

/** Reports a problem; gives undefined, so that a reader can end with it. */
export type ReportConfigProblem = (problem: ConfigProblem) => undefined;

interface Position {
  readonly pointer: string;
  /** What relative paths count from: the directory of the file. */
  readonly dir: string;
  readonly report: ReportConfigProblem;
}

/** The value of a setting as the file writes it; undefined when it is wrong, which was reported. */
export function readSetting(setting: Setting, value: Json, position: Position): SettingValue | undefined {
  const { pointer, dir, report } = position;
  switch (setting.kind) {
    case 'switch':
      return typeof value === 'boolean' ? value : report(wrong(pointer, 'must be true or false'));
    case 'text':
      return readFileText(value, position);
    case 'path': {
      const path = readFileText(value, position);
      return path === undefined ? undefined : resolve(dir, path);
    }
    case 'address':
      return readAddress(value, position);
    case 'server':
      return readAddress(value, position, setting.schemes);
    case 'choice':
      return readChoice(value, setting.choices ?? [], position);
    case 'number':
      return readNumber(value, setting.range, position);
    case 'list':
      return readTexts(value, position);
    case 'paths':
      return readTexts(value, position)?.map((path) => resolve(dir, path));
    case 'mappings':
      return readMappings(value, position);
    case 'timeouts':
      return readTimeouts(value, setting.range, position);
  }
}

/** A text that says something. */
export function readFileText(value: Json, { pointer, report }: Position): string | undefined {
  if (typeof value === 'string' && value.trim() !== '' && !value.includes('\0')) return value;
  return report(wrong(pointer, 'must be a text that is not empty'));
}

/** A reference to a secret. Anything else is refused without being repeated. */
export function readSecretReference(
  value: Json,
  { pointer, dir, report }: Position,
): SecretReference | undefined {
  if (isJsonObject(value)) {
    const [[name, target] = ['', undefined], ...more] = Object.entries(value);
    if (more.length === 0 && typeof target === 'string' && target.trim() !== '') {
      if (name === 'env') return { env: target };
      if (name === 'file') return { file: resolve(dir, target) };
    }
  }
  return report({
    pointer,
    message: 'is a secret, which stands in a configuration file only as a reference.',
    hint: 'Write { "env": "NAME" } for an environment variable or { "file": "path" } for a file that holds it.',
  });
}

/** An address without user, password or token, or a reference to one. */
export function readAddress(
  value: Json,
  position: Position,
  schemes?: readonly string[],
): string | SecretReference | undefined {
  if (isJsonObject(value)) return readSecretReference(value, position);
  const text = readFileText(value, position);
  if (text === undefined) return undefined;
  const { pointer, report } = position;
  if (holdsSecret(text)) {
    const hint =
      'Name the whole address by { "env": "NAME" } or { "file": "path" }, or make it an entry of "connections" with user and password.';
    return report({ pointer, message: 'holds a user, password or token: a secret.', hint });
  }
  if (schemes === undefined ? isAddress(text) : isServerAddress(text, schemes)) return text;
  const kind = schemes === undefined ? 'neither a WebSocket nor an HTTP' : `no ${schemes[0]}://`;
  return report(wrong(pointer, `"${text}" is ${kind} address`));
}

function holdsSecret(address: string): boolean {
  if (address.includes('@')) return true;
  return URL.canParse(address) && [...new URL(address).searchParams.keys()].some(isSecretName);
}

function readChoice(value: Json, choices: readonly string[], position: Position): string | undefined {
  const found = choices.find((choice) => choice === value);
  if (found !== undefined) return found;
  const near = typeof value === 'string' ? didYouMean(value, choices) : '';
  return position.report({
    pointer: position.pointer,
    message: `${JSON.stringify(value)} is none of the choices.${near}`,
    hint: `Use one of ${choices.join(', ')}.`,
  });
}

function readNumber(value: Json, range: NumberRange | undefined, { pointer, report }: Position) {
  const { least = 0, most = Number.MAX_SAFE_INTEGER, unit = '', whole = false } = range ?? {};
  const fits = typeof value === 'number' && value >= least && value <= most;
  if (fits && (!whole || Number.isInteger(value))) return value;
  const kind = whole ? 'a whole number' : 'a number';
  return report(wrong(pointer, `must be ${kind} of ${unit}, ${least} to ${most}`));
}

function readTexts(value: Json, position: Position): string[] | undefined {
  if (!Array.isArray(value)) return position.report(wrong(position.pointer, 'must be a list of texts'));
  const texts = value.map((item: Json, index) =>
    readFileText(item, { ...position, pointer: memberPointer(position.pointer, index) }),
  );
  return allThere(texts);
}

function readMappings(value: Json, position: Position) {
  if (!Array.isArray(value)) return position.report(wrong(position.pointer, 'must be a list of pairs'));
  const pairs = value.map((item: Json, index) => {
    const pointer = memberPointer(position.pointer, index);
    if (isJsonObject(item) && Object.keys(item).sort().join() === 'local,wwise') {
      const local = readFileText(item.local ?? null, {
        ...position,
        pointer: memberPointer(pointer, 'local'),
      });
      const wwise = readFileText(item.wwise ?? null, {
        ...position,
        pointer: memberPointer(pointer, 'wwise'),
      });
      return local === undefined || wwise === undefined
        ? undefined
        : { local: resolve(position.dir, local), wwise };
    }
    return position.report(wrong(pointer, 'must be { "local": "...", "wwise": "..." } and nothing else'));
  });
  return allThere(pairs);
}

function readTimeouts(value: Json, range: NumberRange | undefined, position: Position) {
  if (!isJsonObject(value))
    return position.report(wrong(position.pointer, 'must be seconds by WAAPI function'));
  const limits = new Map<string, number>();
  for (const [name, member] of Object.entries(value)) {
    const pointer = memberPointer(position.pointer, name);
    if (!isTimeoutName(name)) {
      const hint = 'Write the whole URI, as in "ak.wwise.core.object.get", or "default".';
      position.report({ pointer, message: 'names no WAAPI function.', hint });
      continue;
    }
    const seconds = readNumber(member ?? null, range, { ...position, pointer });
    if (seconds !== undefined) limits.set(name, seconds);
  }
  return limits;
}

function allThere<T>(items: readonly (T | undefined)[]): T[] | undefined {
  const there = items.filter((item): item is T => item !== undefined);
  return there.length === items.length ? there : undefined;
}

function wrong(pointer: string, message: string): ConfigProblem {
  return { pointer, message: `${message}.`, hint: 'Correct the file; its schema says what each key takes.' };
}
