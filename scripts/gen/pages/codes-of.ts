import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { errorCodes } from '../../../src/core/errors.ts';

/** What every command may give; the index of the docs says it once. */
const common = new Set([
  'INVALID_INPUT',
  'WAAPI_UNAVAILABLE',
  'WAAPI_LOCKED',
  'WAAPI_TIMEOUT',
  'WAAPI_ERROR',
  'CANCELLED',
  'READ_ONLY',
  'WRONG_PROJECT',
  'OUTCOME_UNKNOWN',
  'INTERNAL',
]);

/** Finds the error codes that the file of a command, or one it imports from the rooms of the bus and of Wwise, names. Workflow tools have no such file. */
export function codesOf(root: string): (name: string, toolset: string) => readonly string[] {
  return (name, toolset) => {
    const file = join(root, 'tools', toolset, `${name}.ts`);
    if (!existsSync(file)) return [];
    const text = readFileSync(file, 'utf8');
    const imported = importsOf(file, text);
    // What describes a command for one call and many runs in its place, and what refuses for it.
    const described = imported
      .filter((path) => /\/(?:creates-child|lost-work)\.ts$/.test(path))
      .flatMap((path) => importsOf(path, readFileSync(path, 'utf8')));
    const sources = [...imported, ...described].filter(namesCodes);
    const all = [text, ...sources.map((path) => readFileSync(path, 'utf8'))].join('\n');
    return Object.keys(errorCodes).filter((code) => !common.has(code) && all.includes(`'${code}'`));
  };
}

function importsOf(file: string, text: string): readonly string[] {
  return [...text.matchAll(/from '(\.[^']*)'/g)]
    .map(([, path]) => join(dirname(file), path ?? ''))
    .filter((path) => /\/(core|wwise)\//.test(path));
}

/** Definitions only describe codes; they give none. */
function namesCodes(path: string): boolean {
  return !path.endsWith('/result.ts') && !path.endsWith('/command.ts');
}
