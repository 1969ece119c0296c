import { z } from 'zod';
import { asJsonArray, asString, isJsonObject, type Json } from '../../src/core/json.ts';
import { findObjects } from '../../src/wwise/objects/finding/find-object.ts';
import { objectDesignator } from '../../src/wwise/objects/finding/object-designator.ts';
import { leanRef } from '../../src/wwise/objects/rows/lean-ref.ts';
import { refOf } from '../../src/wwise/objects/rows/object-row.ts';
import { knownValues } from '../../src/wwise/objects/types/known-values.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

export const diffObjects = defineCommand({
  name: 'diff_objects',
  title: 'Compare objects',
  description:
    'Compare two objects: properties and references that differ, with both values, and lists. To make them alike use paste_properties.',
  toolset: 'objects',
  effect: 'read',
  readsOnly: 'two objects',
  examples: [
    {
      title: 'Compare two Sounds',
      input: {
        source: '\\Containers\\Default Work Unit\\Steps\\Step_1',
        target: '\\Containers\\Default Work Unit\\Wind',
      },
    },
  ],
  waapiCalls: 3,
  input: z.strictObject({
    source: objectDesignator('The one.'),
    target: objectDesignator('The other.'),
  }),
  output: z.object({
    source: leanRef,
    target: leanRef,
    properties: z.array(z.object({ name: z.string(), source: z.json(), target: z.json() })),
    lists: z.array(z.string()),
  }),
  async run({ source, target }, context) {
    const [one, other] = await findObjects([source, target], context);
    const args = { source: one?.id ?? '', target: other?.id ?? '' };
    const answer = await context.waapi.call('ak.wwise.core.object.diff', args);
    const names = asJsonArray(answer.properties).flatMap((name) => asString(name) ?? []);
    const returns = names.map((name) => `@${name}`);
    const values = await knownValues(`$ "${args.source}", "${args.target}"`, returns, context);
    const [from, to] = [values.get(args.source), values.get(args.target)];
    return {
      source: refOf(one?.row ?? {}),
      target: refOf(other?.row ?? {}),
      properties: names.map((name) => ({
        name,
        source: plain(from?.[`@${name}`]),
        target: plain(to?.[`@${name}`]),
      })),
      lists: asJsonArray(answer.lists).flatMap((name) => asString(name) ?? []),
    };
  },
});

/** A reference by the name of its target; a value as it is. */
function plain(value: Json | undefined) {
  if (!isJsonObject(value)) return typeof value === 'object' || value === undefined ? null : value;
  return asString(value.name) ?? asString(value.id) ?? null;
}
