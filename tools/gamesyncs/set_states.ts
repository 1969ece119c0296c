import { z } from 'zod';
import { asJsonArray, asString } from '../../src/base/json.ts';
import { defineCommand } from '../../src/bus/command.ts';
import { expectType } from '../../src/bus/objects/expect-type.ts';
import { findObject, findObjects } from '../../src/bus/objects/find-object.ts';
import { leanRef, namedTargetOf } from '../../src/bus/objects/lean-ref.ts';
import { notKept } from '../../src/bus/objects/not-kept.ts';
import { objectField } from '../../src/bus/objects/object-field.ts';
import { refOf } from '../../src/bus/objects/object-row.ts';
import { hasProperty } from '../../src/bus/objects/property-names.ts';
import { explaining } from '../../src/bus/objects/set-objects.ts';
import { propertyField } from '../../src/bus/objects/text-fields.ts';
import { wires } from '../../src/bus/wiring.ts';

export const setStates = defineCommand({
  name: 'set_states',
  title: 'Set states',
  description:
    'Choose which State Groups an object follows and which properties States change; each list given replaces the old one. New groups: create_state_group.',
  toolset: 'gamesyncs',
  effect: 'update',
  examples: [
    {
      title: 'Let the weather change a volume',
      input: {
        objectId: '\\Containers\\Default Work Unit\\Wind',
        stateGroups: ['StateGroup:Weather'],
        properties: ['Volume'],
      },
    },
  ],
  waapiCalls: 5,
  input: z
    .strictObject({
      objectId: objectField('Sound, container, bus or music object.').register(wires, {
        kind: 'object',
      }),
      stateGroups: z.array(objectField('A State Group.')).max(50).optional().describe('All it shall follow.'),
      properties: z
        .array(propertyField.describe('Property name.'))
        .max(50)
        .optional()
        .describe('All that States change, e.g. Volume.'),
    })
    .refine(({ stateGroups, properties }) => stateGroups !== undefined || properties !== undefined, {
      message: 'give stateGroups or properties or both',
    }),
  output: z.object({
    object: leanRef,
    stateGroups: z
      .array(z.object({ id: z.string(), name: z.string() }))
      .nullable()
      .describe('As read back; null when this Wwise does not tell.'),
    properties: z.array(z.string()).nullable(),
  }),
  async run({ objectId, stateGroups, properties }, context) {
    const [object, ...groups] = await findObjects([objectId, ...(stateGroups ?? [])], context);
    const { id, path } = object ?? (await findObject(objectId, context));
    if (stateGroups !== undefined) {
      const ids = groups.map((group) => expectType(group, 'stateGroups', 'StateGroup').id);
      await explaining(`set the State Groups of "${path}"`, () =>
        context.waapi.call('ak.wwise.core.object.setStateGroups', { object: id, stateGroups: ids }),
      );
    }
    if (properties !== undefined) {
      await explaining(`set the state properties of "${path}"`, () =>
        context.waapi.call('ak.wwise.core.object.setStateProperties', {
          object: id,
          stateProperties: properties,
        }),
      );
    }
    const { row } = await findObject(id, context, { returns: ['stateGroups', 'stateProperties'] });
    const kept = asJsonArray(row.stateGroups).map((group) => namedTargetOf(group)?.id);
    const keptProperties = asJsonArray(row.stateProperties).flatMap((name) => asString(name) ?? []);
    const lacking = groups.filter((group) => !kept.includes(group.id)).map((group) => group.path);
    if (Array.isArray(row.stateGroups) && stateGroups !== undefined)
      if (lacking.length > 0 || kept.length !== new Set(groups.map((group) => group.id)).size)
        throw notKept(`"${path}" follows other State Groups than those`, { object: refOf(row), lacking });
    if (Array.isArray(row.stateProperties) && properties !== undefined) {
      const lost = properties.filter((name) => !hasProperty(name, keptProperties));
      if (lost.length > 0 || row.stateProperties.length !== new Set(properties).size)
        throw notKept(`the States of "${path}" change other properties than those`, {
          object: refOf(row),
          lacking: lost,
        });
    }
    return {
      object: refOf(row),
      stateGroups: Array.isArray(row.stateGroups)
        ? asJsonArray(row.stateGroups).flatMap((group) => namedTargetOf(group) ?? [])
        : null,
      properties: Array.isArray(row.stateProperties)
        ? asJsonArray(row.stateProperties).flatMap((name) => asString(name) ?? [])
        : null,
    };
  },
});
