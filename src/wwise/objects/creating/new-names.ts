import { WwiseFlowError } from '../../../core/errors.ts';
import { type LinearPattern, linearPattern } from '../../../core/text/linear-pattern.ts';
import type { CreatedRef } from '../rows/object-row.ts';

/** How objects are to be renamed: by find and replace, or by a template. */
export type RenameRule = Readonly<{
  find?: string | undefined;
  replace: string;
  regex: boolean;
  template?: string | undefined;
  /** The first number. */
  start: number;
  /** Whether numbers go on through all objects, or begin anew in each parent. */
  numberPer: 'query' | 'parent';
}>;

/**
 * Gives each object its new name, in the order they are asked for: numbers go up with each.
 * @throws WwiseFlowError INVALID_INPUT for a rule that is none, naming the placeholders there are
 */
export function namesFor(rule: RenameRule): (object: CreatedRef) => string {
  const { find, replace, regex, template } = rule;
  if ((find === undefined) === (template === undefined)) {
    throw new WwiseFlowError('INVALID_INPUT', 'Give either find (with replace) or template.', {
      hint: 'Give find "_old" and replace "_new", or template "{name}_{n:02}".',
    });
  }
  if (template !== undefined) return byTemplate(template, rule);
  if (!regex) return ({ name }) => name.split(find ?? '').join(replace);
  const pattern = compiled(find ?? '');
  return ({ name }) => pattern.replaceAll(name, replace);
}

function byTemplate(template: string, { start, numberPer }: RenameRule): (object: CreatedRef) => string {
  const unknown = template.match(/\{[^}]*\}/g)?.find((part) => !placeholder.test(part));
  if (unknown !== undefined) throw unknownPlaceholder(unknown);
  const next = new Map<string, number>();
  return (object) => {
    const list = numberPer === 'parent' ? object.parentId : '';
    const n = next.get(list) ?? start;
    next.set(list, n + 1);
    const texts: Readonly<Record<string, string>> = {
      name: object.name,
      parent: object.path.split('\\').at(-2) ?? '',
      type: object.type,
    };
    // At once: a name may hold what looks like a placeholder.
    return template.replaceAll(/\{(\w+)(?::(\w+))?\}/g, (_, what: string, how = '') =>
      what === 'n' ? padded(n, how) : inCase(texts[what] ?? '', how),
    );
  };
}

const placeholder = /^\{(?:(?:name|parent|type)(?::(?:lower|upper|title|snake))?|n(?::0*\d{1,3})?)\}$/;

/** `03`: three digits; `3`: as wide, with blanks. */
function padded(n: number, how: string): string {
  return String(n).padStart(Number(how), how.startsWith('0') ? '0' : ' ');
}

function inCase(text: string, how: string): string {
  switch (how) {
    case 'lower':
      return text.toLowerCase();
    case 'upper':
      return text.toUpperCase();
    case 'title':
      return wordsOf(text)
        .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1).toLowerCase()}`)
        .join('_');
    case 'snake':
      return wordsOf(text)
        .map((word) => word.toLowerCase())
        .join('_');
    default:
      return text;
  }
}

/** `RandomSequenceContainer`, `random sequence-container` and `random_sequence_container` are three words. */
function wordsOf(text: string): readonly string[] {
  return text
    .replaceAll(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
    .split(/[\s_-]+/)
    .filter((word) => word !== '');
}

function unknownPlaceholder(found: string): WwiseFlowError {
  const placeholders = ['{name}', '{parent}', '{type}', '{name:lower}', '{n}', '{n:03}'];
  return new WwiseFlowError('INVALID_INPUT', `template has no placeholder "${found}".`, {
    hint: 'Use {name}, {parent} and {type}, each also with :lower, :upper, :title or :snake; {n} for a number and {n:03} for one with leading zeros.',
    details: { found, placeholders },
  });
}

function compiled(source: string): LinearPattern {
  try {
    return linearPattern(source);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new WwiseFlowError('INVALID_INPUT', `"${source}" is not a regular expression: ${reason}.`, {
      hint: 'Correct it, or leave regex out to look for the text as it is.',
      details: { find: source },
      cause,
    });
  }
}
