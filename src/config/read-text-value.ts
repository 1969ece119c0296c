import { resolve } from 'node:path';
import { WwiseFlowError } from '../core/errors.ts';
import { didYouMean } from '../core/text/nearest.ts';
import type { Mapping, NumberRange, Setting, SettingValue } from './setting.ts';
import { isTimeoutName } from './timeout-name.ts';

/**
 * The value of a setting as the command line and the environment give it: one text, or several of what is repeatable.
 * @param name how the source calls it, for errors
 * @param base what relative paths count from
 * @throws WwiseFlowError INVALID_INPUT naming source and text
 */
export function readTextValue(
  setting: Setting,
  texts: readonly string[],
  name: string,
  base: string,
): SettingValue {
  const [text = ''] = texts;
  switch (setting.kind) {
    case 'switch':
      return readSwitch(name, text);
    case 'text':
    case 'address':
    case 'server':
      return text;
    case 'path':
      return resolve(base, text);
    case 'choice':
      return readChoice(setting, text);
    case 'number':
      return readNumber(name, text, setting.range);
    case 'list':
      return splitList(text);
    case 'paths':
      return texts.map((path) => resolve(base, path));
    case 'mappings':
      return texts.map((pair): Mapping => {
        const [local, wwise] = readPair(name, pair, '/srv/audio=S:\\Audio');
        return { local: resolve(base, local), wwise };
      });
    case 'timeouts':
      return new Map(texts.map((pair) => readTimeout(name, pair, setting.range)));
  }
}

/** Splits `a, b,,c` into its names. */
export function splitList(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

function readSwitch(name: string, text: string): boolean {
  if (/^(1|true|yes|on)$/i.test(text)) return true;
  if (/^(0|false|no|off)$/i.test(text)) return false;
  throw new WwiseFlowError('INVALID_INPUT', `${name}="${text}" is neither true nor false.`, {
    hint: `Set ${name}=1 or leave it out.`,
  });
}

function readChoice({ key, choices = [] }: Setting, text: string): string {
  const found = choices.find((choice) => choice === text.toLowerCase());
  if (found !== undefined) return found;
  const what = choiceNames[key] ?? 'an environment';
  throw new WwiseFlowError('INVALID_INPUT', `"${text}" is not ${what}.${didYouMean(text, choices)}`, {
    hint: `Use one of ${choices.join(', ')}.`,
  });
}

const choiceNames: Partial<Record<Setting['key'], string>> = {
  logLevel: 'a log level',
  profile: 'a profile',
};

function readTimeout(name: string, text: string, range: NumberRange | undefined): [string, number] {
  const [uri, seconds] = readPair(name, text, 'ak.wwise.core.soundbank.generate=7200');
  if (isTimeoutName(uri)) return [uri, readNumber(name, seconds, range)];
  throw new WwiseFlowError('INVALID_INPUT', `${name} "${text}" names no WAAPI function.`, {
    hint: 'Write the whole URI, as in ak.wwise.core.object.get=60, or default=60.',
  });
}

/** `name=value`; a value may hold further equals signs. */
function readPair(name: string, text: string, example: string): readonly [string, string] {
  const [first = '', ...rest] = text.split('=');
  const pair = [first.trim(), rest.join('=').trim()] as const;
  if (pair.every((side) => side !== '')) return pair;
  throw new WwiseFlowError('INVALID_INPUT', `${name} "${text}" lacks one side of its equals sign.`, {
    hint: `Write it like ${example}.`,
  });
}

function readNumber(name: string, text: string, range: NumberRange | undefined): number {
  const { least = 0, most = Number.MAX_SAFE_INTEGER, unit = '', whole = false } = range ?? {};
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (value >= least && value <= most && (!whole || Number.isInteger(value))) return value;
  throw new WwiseFlowError('INVALID_INPUT', `${name} "${text}" is not a number of ${unit}.`, {
    hint: `Give ${whole ? 'a whole number' : 'a number'} from ${least} to ${most}.`,
  });
}
