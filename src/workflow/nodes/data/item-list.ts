import { z } from 'zod';
import { WwiseFlowError } from '../../../core/errors.ts';
import { asJsonArray, isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';
import { showValue } from '../../runtime/values/show-value.ts';
import { jsonSchema } from '../conditions/json-value.ts';

/** How the input of a node names its list. */
export const itemListFields = {
  items: z.array(jsonSchema).optional().describe('The list. Default: the one in what flows in.'),
  list: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('Which list of what flows in. Default: "items", or the only one there is.'),
};

/** The list a node works on, and how its new items are given back. */
export interface ItemList {
  readonly items: readonly Json[];
  /** The output of the node: what flowed in with the new list in it, or the list alone. */
  withItems(items: readonly Json[]): JsonObject;
}

/**
 * The list in what flows into a node: that member when it is named, else "items", else the only list there is. `given`: a list that
 * the input names itself. Throws INVALID_INPUT that names the lists there are.
 */
export function itemListOf(flow: Json, given: Json | undefined, member: string | undefined): ItemList {
  if (given !== undefined) {
    if (!Array.isArray(given)) throw noList(`"items" is ${showValue(given)}`, [], 'items');
    return alone(asJsonArray(given));
  }
  if (Array.isArray(flow)) return alone(asJsonArray(flow));
  const lists = isJsonObject(flow) ? Object.keys(flow).filter((name) => Array.isArray(flow[name])) : [];
  const [first, another] = lists;
  const name = member ?? (lists.includes('items') ? 'items' : another === undefined ? first : undefined);
  const list =
    name === undefined || !isJsonObject(flow) || !Object.hasOwn(flow, name) ? undefined : flow[name];
  if (name === undefined || !Array.isArray(list) || !isJsonObject(flow)) {
    const what =
      lists.length === 0 ? 'has no list' : `has the lists ${lists.map((one) => `"${one}"`).join(', ')}`;
    throw noList(
      `What flows in ${what}${member === undefined ? '' : ` and none at "${member}"`}`,
      lists,
      'list',
    );
  }
  return {
    items: asJsonArray(list),
    withItems: (items) => ({ ...flow, [name]: items, count: items.length }),
  };
}

function alone(items: readonly Json[]): ItemList {
  return { items, withItems: (kept) => ({ items: kept, count: kept.length }) };
}

function noList(what: string, lists: readonly string[], field: string): WwiseFlowError {
  return new WwiseFlowError('INVALID_INPUT', `${what}.`, {
    hint:
      lists.length > 0
        ? 'Name the list in "list", or hand it in as "items".'
        : 'Draw an edge from a node that gives a list, or hand it in as "items": "{{ nodes.n1.objects }}".',
    details: { field, ...(lists.length === 0 ? {} : { lists: [...lists] }) },
  });
}
