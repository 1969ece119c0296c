import { WwiseFlowError } from '../../../src/core/errors.ts';
import { didYouMean, nearest } from '../../../src/core/text/nearest.ts';

/** A naming convention as the regular expression that a workflow looks by. */
export interface Naming {
  /** RE2, of a whole name without its ending. */
  readonly pattern: string;
  /** The group of the expression that holds a part; parts that the convention has not are absent. */
  readonly groups: ReadonlyMap<string, number>;
}

type NamePart = 'group' | 'sound' | 'switch' | 'take';

const parts: Readonly<Record<NamePart, string>> = {
  group: '([A-Za-z0-9]+)',
  sound: '(.+)',
  switch: '([A-Za-z0-9]+)',
  take: '([0-9]+)',
};

const isPart = (name: string): name is NamePart => Object.hasOwn(parts, name);

/**
 * Reads `{group}_{sound}_{take}`. Throws INVALID_INPUT for a part that is unknown or there twice, and for a naming that says
 * neither the {sound} nor the {switch}.
 */
export function readNaming(naming: string): Naming {
  const groups = new Map<string, number>();
  let pattern = '';
  for (const piece of piecesOf(naming, 'naming', Object.keys(parts))) {
    if (!('part' in piece)) {
      pattern += piece.text.replaceAll(/[!-/:-@[-^`{-~]/g, (sign) => `\\${sign}`);
      continue;
    }
    const { part } = piece;
    if (!isPart(part)) continue;
    if (groups.has(part)) throw refused(naming, `has {${part}} twice`, `Write {${part}} once.`);
    groups.set(part, groups.size + 1);
    pattern += parts[part];
  }
  if (!groups.has('sound') && !groups.has('switch'))
    throw refused(naming, 'has no {sound}', 'Write {sound} where the name of the sound stands.');
  return { pattern: `^${pattern}$`, groups };
}

export type NamePiece = { readonly text: string } | { readonly part: string };

/** The texts and {parts} of a pattern, in order. Throws INVALID_INPUT for other parts than these, with the nearest. */
export function piecesOf(pattern: string, field: string, known: readonly string[]): readonly NamePiece[] {
  return pattern
    .split(/(\{[^{}]*\})/)
    .filter((text) => text !== '')
    .map((text) => {
      const part = /^\{(.*)\}$/.exec(text)?.[1];
      if (part === undefined) {
        if (!/[{}]/.test(text)) return { text };
        throw refused(pattern, 'has a brace without its other', 'Write parts as {sound}.', field);
      }
      if (known.includes(part)) return { part };
      const listed = known.map((one) => `{${one}}`).join(', ');
      throw new WwiseFlowError(
        'INVALID_INPUT',
        `${field} "${pattern}" has no use for {${part}}.${didYouMean(part, known)}`,
        {
          hint: `It may have ${listed}.`,
          details: { field, part, candidates: [...nearest(part, known), ...known] },
        },
      );
    });
}

function refused(naming: string, problem: string, hint: string, field = 'naming'): WwiseFlowError {
  return new WwiseFlowError('INVALID_INPUT', `${field} "${naming}" ${problem}.`, {
    hint,
    details: { field, value: naming },
  });
}
