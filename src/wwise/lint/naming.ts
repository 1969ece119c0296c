import { WwiseFlowError } from '../../core/errors.ts';
import { type LinearPattern, linearPattern } from '../../core/text/linear-pattern.ts';
import { flatMapInTurns } from '../../core/turns/turns.ts';
import { askRows } from '../objects/finding/ask-rows.ts';
import { refOf, refReturns } from '../objects/rows/object-row.ts';
import type { Check } from './rules.ts';

/** Objects whose name does not fit the pattern of their type. Throws INVALID_INPUT for a pattern that is no regex. */
export const naming: Check = async ({ naming: { patterns } }, context) => {
  const byType = new Map(
    Object.entries(patterns).map(([type, source]) => [type.toLowerCase(), compiled(type, source)]),
  );
  const types = Object.keys(patterns);
  if (types.length === 0) return [];
  const rows = await askRows(`$ from type ${types.join(', ')}`, refReturns, context);
  return flatMapInTurns(rows, (row) => {
    const object = refOf(row);
    const pattern = byType.get(object.type.toLowerCase());
    if (pattern === undefined || object.name === '' || pattern.test(object.name)) return [];
    return [{ object, message: `The name does not match ${pattern.source}.` }];
  });
};

function compiled(type: string, source: string): LinearPattern {
  if (!/^[A-Za-z0-9]+$/.test(type)) throw invalid(`"${type}" is no type name`, type);
  try {
    return linearPattern(source);
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw invalid(`"${source}" is no regular expression: ${reason}`, type);
  }
}

function invalid(reason: string, type: string): WwiseFlowError {
  return new WwiseFlowError(
    'INVALID_INPUT',
    `The rules file is wrong at /naming/patterns/${type}: ${reason}.`,
    {
      hint: 'Correct the rules file: patterns are regular expressions by WAAPI type name.',
      details: { type },
    },
  );
}
