import { z } from 'zod';
import { WwiseFlowError } from '../../src/base/errors.ts';
import { asJsonArray, asString, type JsonObject } from '../../src/base/json.ts';
import { type CommandContext, defineCommand } from '../../src/bus/command.ts';
import { stillNamed } from '../../src/bus/memo/claim.ts';
import { childrenOf } from '../../src/bus/objects/children-of.ts';
import { expectType } from '../../src/bus/objects/expect-type.ts';
import { findObject } from '../../src/bus/objects/find-object.ts';
import { leanRef } from '../../src/bus/objects/lean-ref.ts';
import { nameField, objectField } from '../../src/bus/objects/object-field.ts';
import { type FoundObject, refOf } from '../../src/bus/objects/object-row.ts';
import { explaining, setObjects } from '../../src/bus/objects/set-objects.ts';
import { type BlendTrack, blendTrack, blendTracksOf } from '../../src/bus/structures/blend-tracks.ts';
import { theOne } from '../../src/bus/structures/switch-assignments.ts';

const input = z.strictObject({
  container: objectField('The Blend Container.'),
  name: nameField('Its name.'),
  gameParameter: objectField('What crossfades; none: all play together.').optional(),
  children: z
    .array(
      z.strictObject({
        child: z.string().trim().min(1).max(2_000).describe('A child, by name or GUID.'),
        from: z.number().optional().describe('Begin, in units of the parameter. Default: all.'),
        to: z.number().optional().describe('End.'),
      }),
    )
    .max(200)
    .default([])
    .describe('What plays on it.'),
});

export const addBlendTrack = defineCommand({
  name: 'add_blend_track',
  title: 'Add blend track',
  description: 'Add a Blend Track to a Blend Container with children on it, crossfaded by a Game Parameter.',
  toolset: 'containers',
  effect: 'create',
  examples: [
    {
      title: 'Crossfade two Sounds by speed',
      input: {
        container: '\\Containers\\Default Work Unit\\Engine',
        name: 'Motor',
        gameParameter: 'GameParameter:Speed',
        children: [
          { child: '\\Containers\\Default Work Unit\\Engine\\Low', from: 0, to: 30 },
          { child: '\\Containers\\Default Work Unit\\Engine\\High', from: 20, to: 50 },
        ],
      },
    },
  ],
  waapiCalls: 11,
  input,
  output: z.object({ container: leanRef, track: blendTrack }),
  async run({ container, name, gameParameter, children }, context) {
    const { found, parameter, ids } = await everything(container, gameParameter, children, context);
    const id = await context.oneStep(`Add Blend Track ${name}`, async () => {
      const made = await explaining(`add a Blend Track to "${found.path}"`, () =>
        context.waapi.call('ak.wwise.core.blendContainer.addTrack', { object: found.id, name }),
      );
      const id = (asString(made.id) ?? '').toUpperCase();
      if (parameter !== undefined) {
        const change = {
          object: id,
          '@LayerCrossFadeControlInput': parameter.id,
          '@EnableCrossFading': true,
        };
        await setObjects([change], context, {
          aim: `let "${parameter.name}" crossfade "${name}"`,
          returns: ['id'],
        });
      }
      for (const [at, { from, to }] of children.entries()) {
        await explaining(`put "${children[at]?.child}" on Blend Track "${name}"`, () =>
          context.waapi.call('ak.wwise.core.blendContainer.addAssignment', {
            object: id,
            child: ids[at] ?? '',
            ...edgesOf(from, to),
          }),
        );
      }
      return id;
    });
    const track = (await blendTracksOf(found.id, context)).find((one) => one.id === id);
    if (track === undefined) throw gone(found, name);
    return { container: refOf(found.row), track };
  },
  achieved: ({ container: designator }, { container, track }) => [
    ...stillNamed(designator, container.id),
    {
      kind: 'reference',
      id: track.id,
      reference: 'LayerCrossFadeControlInput',
      targetId: track.gameParameter?.id ?? null,
    },
  ],
  async before({ container }, context) {
    const found = await findObject(container, context);
    return (await blendTracksOf(found.id, context)).map(({ id }) => id);
  },
  async settle({ container, name }, before, context) {
    const found = await findObject(container, context);
    const known = new Set(asJsonArray(before).flatMap((id) => asString(id) ?? []));
    const isNew = (one: BlendTrack) => !known.has(one.id) && one.name === name;
    const track = (await blendTracksOf(found.id, context)).find(isNew);
    return track === undefined ? null : { container: refOf(found.row), track };
  },
});

async function everything(
  container: string,
  gameParameter: string | undefined,
  children: readonly { child: string }[],
  context: CommandContext,
) {
  const found = await findObject(container, context);
  expectType(found, 'container', 'BlendContainer');
  const all = children.length === 0 ? [] : await childrenOf(found.id, context);
  const ids = children.map(({ child }) => theOne(child, all, `"${found.path}" has no child`).id);
  const parameter = gameParameter === undefined ? undefined : await findObject(gameParameter, context);
  if (parameter !== undefined) expectType(parameter, 'gameParameter', 'GameParameter');
  return { found, parameter, ids };
}

/** Both ends or none: a missing one is left to Wwise, which fades over the whole range. */
function edgesOf(from: number | undefined, to: number | undefined): JsonObject {
  if (from === undefined || to === undefined) return {};
  const edge = (edgePosition: number) => ({
    fadeMode: 'Automatic',
    fadeShape: 'SCurve',
    edgePosition,
    fadePosition: edgePosition,
  });
  return { edges: [edge(from), edge(to)] };
}

function gone(container: FoundObject, name: string): WwiseFlowError {
  return new WwiseFlowError(
    'CREATE_FAILED',
    `"${container.path}" has no Blend Track "${name}" after adding it.`,
    {
      hint: 'Look with blend_tracks before trying again.',
      details: { container: refOf(container.row), name },
    },
  );
}
