import type { Result } from '../../../core/result.ts';
import { toolIndex } from './tool-index.gen.ts';

/**
 * The result in the names of the tools that are listed: a command that a listed tool stands for goes by the name of that, since
 * a client calls only what it has seen.
 */
export function asListed(result: Result, listedNames: readonly string[]): Result {
  const named = (text: string): string =>
    text.replaceAll(/\b[a-z]+(?:_[a-z]+)+\b/g, (word) => listedNameOf(word, listedNames) ?? word);
  const { notices } = result;
  const said = notices === undefined ? {} : { notices: notices.map(named) };
  if (result.ok) return { ...result, ...said };
  return { ...result, ...said, error: named(result.error), hint: named(result.hint) };
}

function listedNameOf(word: string, listedNames: readonly string[]): string | undefined {
  if (listedNames.includes(word)) return undefined;
  return toolIndex.find(
    ({ name, commands }) => commands?.includes(word) === true && listedNames.includes(name),
  )?.name;
}
