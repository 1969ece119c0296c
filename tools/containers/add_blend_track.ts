import { z } from 'zod';
import { WwiseFlowError } from '../../src/core/errors.ts';
import { asJsonArray, asString, type JsonObject } from '../../src/core/json.ts';
import { stillNamed, valuesHeld } from '../../src/wwise/claims/claim.ts';
import {
  assignmentsHeld,
  type BlendTrack,
  blendTrack,
  blendTracksOf,
} from '../../src/wwise/lists/blend-tracks.ts';
import { theOne } from '../../src/wwise/lists/switch-assignments.ts';
import { callObjectSet, explaining } from '../../src/wwise/objects/changes/set-objects.ts';
import { childrenOf } from '../../src/wwise/objects/finding/children-of.ts';
import { findObject } from '../../src/wwise/objects/finding/find-object.ts';
import { leanRef } from '../../src/wwise/objects/rows/lean-ref.ts';
import { nameField, objectField } from '../../src/wwise/objects/rows/object-field.ts';
import { type FoundObject, refOf } from '../../src/wwise/objects/rows/object-row.ts';
import { expectType } from '../../src/wwise/objects/types/expect-type.ts';
import { deletesWhatItMade } from '../../src/wwise/undo/revert.ts';
import { type CommandContext, defineCommand } from '../../src/wwise/wwise-command.ts';

const input = z.strictObject({
  objectId: objectField('Blend Container.'),
  name: nameField('Its name.'),
  gameParameter: objectField('What crossfades; none: all play together.').optional(),
  children: z
    .array(
      z.strictObject({
        child: z.string().trim().min(1).max(2_000).describe('A child, by name or GUID.'),
        from: z.number().optional().describe('Begin, in units of the parameter. Default: lowest.'),
        to: z.number().optional().describe('End. Default: highest.'),
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
  revert: deletesWhatItMade,
  examples: [
    {
      title: 'Crossfade two Sounds by speed',
      input: {
        objectId: '\\Containers\\Default Work Unit\\Engine',
        name: 'Motor',
        gameParameter: 'GameParameter:Speed',
        children: [
          { child: '\\Containers\\Default Work Unit\\Engine\\Low', from: 0, to: 30 },
          { child: '\\Containers\\Default Work Unit\\Engine\\High', from: 20, to: 50 },
        ],
      },
    },
  ],
  formerInputs: { container: 'objectId' },
  waapiCalls: 17,
  input,
  output: z.object({ container: leanRef, track: blendTrack }),
  async run({ objectId, name, gameParameter, children }, context) {
    const { found, parameter, ids } = await everything(objectId, gameParameter, children, context);
    const taken = (await blendTracksOf(found.id, context)).find((one) => isNamed(one, name));
    if (taken !== undefined) throw nameTaken(found, taken);
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
        await callObjectSet([change], context, {
          aim: `let "${parameter.name}" crossfade "${name}"`,
          returns: ['id'],
        });
      }
      for (const [at, { from, to }] of children.entries()) {
        await explaining(`put "${children[at]?.child}" on Blend Track "${name}"`, () =>
          context.waapi.call('ak.wwise.core.blendContainer.addAssignment', {
            object: id,
            child: ids[at] ?? '',
            ...edgesOf(from, to, parameter),
          }),
        );
      }
      return id;
    });
    const track = (await blendTracksOf(found.id, context)).find((one) => one.id === id);
    if (track === undefined) throw gone(found, name);
    return { container: refOf(found.row), track };
  },
  achieved: ({ objectId: designator, name, gameParameter, children }, { container, track }) => [
    { kind: 'exists', id: track.id, name },
    ...stillNamed(designator, container.id),
    {
      kind: 'reference',
      id: track.id,
      reference: 'LayerCrossFadeControlInput',
      targetId: track.gameParameter?.id ?? null,
    },
    ...valuesHeld(track.id, gameParameter === undefined ? {} : { EnableCrossFading: true }),
    ...(gameParameter === undefined || track.gameParameter === null
      ? []
      : stillNamed(gameParameter, track.gameParameter.id)),
    ...(children.length === 0 ? [] : [assignmentsHeld(track)]),
  ],
  async before({ objectId }, context) {
    const found = await findObject(objectId, context);
    return (await blendTracksOf(found.id, context)).map(({ id }) => id);
  },
  async settle({ objectId, name }, before, context) {
    const found = await findObject(objectId, context);
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
  expectType(found, 'objectId', 'BlendContainer');
  const all = children.length === 0 ? [] : await childrenOf(found.id, context);
  const ids = children.map(({ child }) => theOne(child, all, `"${found.path}" has no child`).id);
  const parameter =
    gameParameter === undefined
      ? undefined
      : await findObject(gameParameter, context, { returns: ['@Min', '@Max'] });
  if (parameter !== undefined) expectType(parameter, 'gameParameter', 'GameParameter');
  for (const [at, each] of children.entries()) checkEdges(each, at, parameter);
  return { found, parameter, ids };
}

/** A fade beyond the range of the parameter is never reached; without a parameter nothing fades. */
function checkEdges(
  { child, from, to }: { child: string; from?: number | undefined; to?: number | undefined },
  at: number,
  parameter: FoundObject | undefined,
): void {
  if (from === undefined && to === undefined) return;
  const problem = (text: string, hint: string, details: JsonObject = {}) =>
    new WwiseFlowError('INVALID_INPUT', `children/${at} ("${child}"): ${text}`, { hint, details });
  if (parameter === undefined)
    throw problem('from and to need a gameParameter.', 'Name the Game Parameter, or leave from and to out.');
  const [min, max] = rangeOf(parameter);
  const [begin, end] = [from ?? min, to ?? max];
  if (begin >= min && end <= max && begin < end) return;
  throw problem(
    `${begin} to ${end} must rise within ${min} to ${max}, the range of "${parameter.name}".`,
    'Keep from and to in the range, or widen it first with set_game_parameter_range.',
    { gameParameter: refOf(parameter.row), min, max },
  );
}

function rangeOf({ row }: FoundObject): readonly [number, number] {
  return [Number(row['@Min'] ?? 0), Number(row['@Max'] ?? 100)];
}

/** Both ends or none: without any, Wwise lets the child play over the whole range. */
function edgesOf(
  begin: number | undefined,
  end: number | undefined,
  parameter: FoundObject | undefined,
): JsonObject {
  if (parameter === undefined || (begin === undefined && end === undefined)) return {};
  const [min, max] = rangeOf(parameter);
  const [from, to] = [begin ?? min, end ?? max];
  const edge = (edgePosition: number) => ({
    fadeMode: 'Automatic',
    fadeShape: 'SCurve',
    edgePosition,
    fadePosition: edgePosition,
  });
  return { edges: [edge(from), edge(to)] };
}

function isNamed(track: BlendTrack, name: string): boolean {
  return track.name.toLowerCase() === name.toLowerCase();
}

function nameTaken(container: FoundObject, { id, name }: BlendTrack): WwiseFlowError {
  return new WwiseFlowError('NAME_CONFLICT', `"${container.path}" already has a Blend Track "${name}".`, {
    hint: 'Choose another name, or remove the present one first: delete_object on details.existing.id.',
    details: { container: refOf(container.row), existing: { id, name } },
  });
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
