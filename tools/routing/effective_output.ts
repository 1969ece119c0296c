import { z } from 'zod';
import { defineCommand } from '../../src/bus/command.ts';
import { askRows } from '../../src/bus/objects/ask-rows.ts';
import { findObject } from '../../src/bus/objects/find-object.ts';
import { leanRef, namedTargetOf } from '../../src/bus/objects/lean-ref.ts';
import { objectField } from '../../src/bus/objects/object-field.ts';
import { refOf, refReturns } from '../../src/bus/objects/object-row.ts';

export const effectiveOutput = defineCommand({
  name: 'effective_output',
  title: 'Effective output',
  description:
    'Tell through which bus an object really plays, which ancestor decides it, and the busses up to the master. To change it use set_output_bus.',
  toolset: 'routing',
  effect: 'read',
  examples: [
    { title: 'Find where a Sound really plays', input: { object: '\\Containers\\Default Work Unit\\Wind' } },
  ],
  waapiCalls: 4,
  input: z.strictObject({ object: objectField('Sound, container or music object.') }),
  output: z.object({
    object: leanRef,
    bus: leanRef.nullable().describe('The bus in effect; null when the object has none.'),
    decidedBy: leanRef.nullable().describe('The object or ancestor whose own choice counts.'),
    isInherited: z.boolean(),
    chain: z.array(leanRef).describe('The bus and its parents up to the master.'),
  }),
  async run({ object }, context) {
    const returns = ['OutputBus', '@OutputBus', '@OverrideOutput'];
    const found = await findObject(object, context, { returns });
    const above = await askRows(`$ "${found.id}" select ancestors`, [...refReturns, ...returns], context);
    const routable = [found.row, ...above].filter((row) => namedTargetOf(row['@OutputBus']) !== null);
    // The nearest that overrides; the topmost one has nothing above it to follow.
    const decider = routable.find((row) => row['@OverrideOutput'] === true) ?? routable.at(-1);
    const bus =
      decider === undefined
        ? null
        : (namedTargetOf(decider['@OutputBus']) ?? namedTargetOf(found.row.OutputBus));
    const chain = bus === null ? [] : await chainOf(bus.id, context);
    return {
      object: refOf(found.row),
      bus: chain[0] ?? null,
      decidedBy: decider === undefined ? null : refOf(decider),
      isInherited: decider !== undefined && refOf(decider).id !== found.id,
      chain,
    };
  },
});

async function chainOf(busId: string, context: Parameters<typeof askRows>[2]) {
  const own = await askRows(`$ "${busId}"`, refReturns, context);
  const above = await askRows(`$ "${busId}" select ancestors`, refReturns, context);
  return [...own, ...above].map(refOf).filter(({ type }) => type === 'Bus' || type === 'AuxBus');
}
