import { WwiseFlowError } from '../../../core/errors.ts';

import { type FoundObject, refOf } from '../rows/object-row.ts';

/** Throws INVALID_INPUT when the object an input field names is of none of these types. */
export function expectType(found: FoundObject, field: string, ...types: readonly string[]): FoundObject {
  if (types.includes(found.type)) return found;
  const list = types.join(' or ');
  throw new WwiseFlowError(
    'INVALID_INPUT',
    `${field} names ${found.type} "${found.path}", not an object of type ${list}.`,
    {
      hint: `Give an object of type ${list}; query_waql with "$ from type ${types[0]}" lists them.`,
      details: { field, object: refOf(found.row), types: [...types] },
    },
  );
}
