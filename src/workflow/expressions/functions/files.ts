import type { Json } from '../../../core/json.ts';
import type { ExpressionFunction, Parameter } from './expression-function.ts';
import { textArg } from './read-arguments.ts';

const path: Parameter = { name: 'path', type: 'text' };

export const fileFunctions: readonly ExpressionFunction[] = [
  {
    name: 'pathJoin',
    parameters: [{ name: 'parts', type: 'text', isRest: true }],
    returns: 'string',
    gives:
      'Parts of a path joined by the separator that is written in them first, / where none is: for files and for paths of objects.',
    example: ['pathJoin("C:\\\\audio", "steps", "grass.wav")', 'C:\\audio\\steps\\grass.wav'],
    run: (args, call) => joined(args.map((_, index) => textArg(args, index, call))),
  },
  ofPath(
    'fileName',
    'What follows the last separator of a path.',
    ['fileName("audio/step.wav")', 'step.wav'],
    fileName,
  ),
  ofPath(
    'fileStem',
    'The name of a file without its extension.',
    ['fileStem("audio/step.wav")', 'step'],
    (whole) => {
      const name = fileName(whole);
      const dot = name.lastIndexOf('.');
      return dot > 0 ? name.slice(0, dot) : name;
    },
  ),
  ofPath(
    'fileExtension',
    'The extension of a file with its dot; empty where it has none.',
    ['fileExtension("step.wav")', '.wav'],
    (whole) => {
      const name = fileName(whole);
      const dot = name.lastIndexOf('.');
      return dot > 0 ? name.slice(dot) : '';
    },
  ),
  ofPath(
    'folderOf',
    'What stands before the last separator of a path.',
    ['folderOf("audio/steps/step.wav")', 'audio/steps'],
    (whole) => {
      const end = lastSeparator(whole);
      return whole.slice(0, end === 0 ? 1 : Math.max(0, end));
    },
  ),
];

function ofPath(
  name: string,
  gives: string,
  example: readonly [string, Json],
  read: (path: string) => string,
): ExpressionFunction {
  return {
    name,
    gives,
    example,
    parameters: [path],
    returns: 'string',
    run: (args, call) => read(textArg(args, 0, call)),
  };
}

function joined(parts: readonly string[]): string {
  const separator = /[\\/]/.exec(parts.join(''))?.[0] ?? '/';
  const some = parts.filter((part) => part !== '');
  return some
    .map((part, index) => {
      const led = index === 0 ? part : withoutLeading(part);
      return index === some.length - 1 ? led : withoutTrailing(led, index === 0);
    })
    .join(separator);
}

function withoutLeading(part: string): string {
  let from = 0;
  while (isSeparator(part[from])) from += 1;
  return part.slice(from);
}

/** The root stays: `/` joined with `a` is `/a`. */
function withoutTrailing(part: string, isFirst: boolean): string {
  let end = part.length;
  while (end > 0 && isSeparator(part[end - 1])) end -= 1;
  return isFirst && end === 0 ? '' : part.slice(0, end);
}

function isSeparator(letter: string | undefined): boolean {
  return letter === '/' || letter === '\\';
}

function fileName(path: string): string {
  return path.slice(lastSeparator(path) + 1);
}

function lastSeparator(path: string): number {
  return Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
}
