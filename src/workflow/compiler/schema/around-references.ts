import { z } from 'zod';
import { isResolvedLater } from '../../expressions/resolved-later.ts';
import type { DraftNode } from '../phases/draft.ts';
import type { NodeShape } from './node-shape.ts';

/**
 * Whether a node's input certainly fits its command's schema, leaving out the members whose value a reference will bring.
 * False says nothing: the schema itself then says what is wrong. Here because a schema that meets references where it wants
 * numbers makes an error of each, which takes ten times the time of the check.
 */
export function fitsAroundReferences({ input, wiring }: DraftNode, shape: NodeShape): boolean {
  const schema = wiring.length === 0 ? shape.kind.input : schemaWithout(shape, referencesIn(input));
  return schema?.safeParse(input).success === true;
}

function referencesIn(input: DraftNode['input']): string[] {
  const names: string[] = [];
  for (const name of Object.keys(input)) {
    const value = input[name];
    if (typeof value === 'string' && isResolvedLater(value)) names.push(name);
  }
  return names;
}

/** By the names left out. A command is given few combinations of references. */
const schemas = new WeakMap<NodeShape, Map<string, z.ZodType | undefined>>();

function schemaWithout(shape: NodeShape, names: readonly string[]): z.ZodType | undefined {
  const key = names.join(' ');
  let known = schemas.get(shape);
  if (known === undefined) {
    known = new Map();
    schemas.set(shape, known);
  }
  if (!known.has(key) && known.size < MOST_SCHEMAS) known.set(key, openedAt(shape.kind.input, names));
  return known.get(key);
}

/** Per command. Beyond these the schema itself is asked. */
const MOST_SCHEMAS = 64;

/** A rule about several members cannot be kept while one of them is open, so such schemas are not opened. */
function openedAt(schema: z.ZodType, names: readonly string[]): z.ZodType | undefined {
  if (!(schema instanceof z.ZodObject) || (schema.def.checks?.length ?? 0) > 0) return undefined;
  const open = names.filter((name) => Object.hasOwn(schema.shape, name));
  return schema.extend(Object.fromEntries(open.map((name) => [name, z.unknown()])));
}
