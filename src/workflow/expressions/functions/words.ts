import type { Json } from '../../../core/json.ts';
import { evaluationError } from '../cel/evaluation.ts';
import type { ExpressionFunction } from './expression-function.ts';
import { textArg } from './read-arguments.ts';

export const wordFunctions: readonly ExpressionFunction[] = [
  {
    name: 'cleanName',
    parameters: [
      { name: 'text', type: 'text' },
      { name: 'type', type: 'text', isOptional: true },
    ],
    returns: 'string',
    gives:
      'The text where it is a valid name of an object of that type ("Sound" where left out), else the nearest name that is.',
    example: ['cleanName("Play Wind!", "Event")', 'Play_Wind'],
    run: (args, call) => {
      const { cleanName } = call.evaluation.scope;
      if (cleanName !== undefined) return cleanName(textArg(args, 0, call), textArg(args, 1, call, 'Sound'));
      const message = 'cleanName() is not known here.';
      throw evaluationError(call.evaluation, call.offset, message, 'Write snake(x) or slug(x) instead.');
    },
  },
  inCase('title', 'Every word with a capital.', 'Step On Grass', (words) => words.map(capital).join(' ')),
  inCase('camel', 'Words joined, each but the first with a capital.', 'stepOnGrass', (words) =>
    words.map((word, index) => (index === 0 ? word : capital(word))).join(''),
  ),
  inCase('pascal', 'Words joined, each with a capital.', 'StepOnGrass', (words) =>
    words.map(capital).join(''),
  ),
  inCase('snake', 'Words in small letters with underscores between them.', 'step_on_grass', (words) =>
    words.join('_'),
  ),
  inCase('kebab', 'Words in small letters with hyphens between them.', 'step-on-grass', (words) =>
    words.join('-'),
  ),
  {
    name: 'slug',
    parameters: [{ name: 'text', type: 'text' }],
    returns: 'string',
    gives: 'Words in small letters a-z and digits with hyphens between them; letters lose their marks.',
    example: ['slug("Pas d\'été 2")', 'pas-d-ete-2'],
    run: (args, call) => {
      const plain = textArg(args, 0, call).normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
      return plain
        .split(/[^a-z0-9]+/)
        .filter((word) => word !== '')
        .join('-');
    },
  },
];

function inCase(
  name: string,
  gives: string,
  value: Json,
  write: (words: readonly string[]) => string,
): ExpressionFunction {
  return {
    name,
    gives,
    parameters: [{ name: 'text', type: 'text' }],
    returns: 'string',
    example: [`${name}("step on_grass")`, value],
    run: (args, call) => write(wordsOf(textArg(args, 0, call))),
  };
}

/** In small letters. A word ends at what is no letter and no digit, and before a capital that follows a small letter. */
function wordsOf(text: string): readonly string[] {
  const apart = text
    .replaceAll(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replaceAll(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2');
  return apart
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}

function capital(word: string): string {
  const [first = ''] = word;
  return first.toUpperCase() + word.slice(first.length);
}
