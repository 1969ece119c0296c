import { z } from 'zod';
import { asString, type JsonObject } from '../../src/core/json.ts';
import { createsChild } from '../../src/wwise/batching/description/creates-child.ts';
import { valuesHeld } from '../../src/wwise/claims/claim.ts';
import { achievedByCreate } from '../../src/wwise/claims/create-memo.ts';
import { onNameConflict } from '../../src/wwise/objects/creating/child-spec.ts';
import { replacesWhatLiesThere } from '../../src/wwise/objects/creating/replaces-what-lies-there.ts';
import { leanCreated, newObject, withObjectId } from '../../src/wwise/objects/rows/lean-ref.ts';
import { allDiffer, nameField, objectField } from '../../src/wwise/objects/rows/object-field.ts';
import { createdRefOf } from '../../src/wwise/objects/rows/object-row.ts';
import { expectType } from '../../src/wwise/objects/types/expect-type.ts';
import { deletesWhatItMade } from '../../src/wwise/undo/revert.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

const input = z
  .strictObject({
    kind: z.enum(['random', 'sequence', 'switch', 'blend']).describe('Kind of container.'),
    name: nameField('Its name.'),
    parentPath: objectField('Work Unit, folder or container.'),
    sounds: z
      .array(nameField('Name of a Sound.'))
      .max(500)
      .default([])
      .describe('Names of empty Sounds in it.'),
    continuous: z.boolean().optional().describe('Not blend: plays on continuously.'),
    loop: z.boolean().optional().describe('Random, sequence: over and over.'),
    avoidRepeating: z
      .int()
      .min(0)
      .max(999)
      .optional()
      .describe('Random: so many last played are not repeated.'),
    switchGroup: objectField('Switch: the group it follows.').optional(),
    onNameConflict,
  })
  .refine(({ sounds }) => allDiffer(sounds), { path: ['sounds'], message: 'must have different names' })
  .refine(({ kind, avoidRepeating }) => avoidRepeating === undefined || kind === 'random', {
    path: ['avoidRepeating'],
    message: 'goes with kind random only',
  })
  .refine(({ kind, loop }) => loop === undefined || kind === 'random' || kind === 'sequence', {
    path: ['loop'],
    message: 'goes with kind random or sequence only',
  })
  .refine(({ kind, continuous }) => continuous === undefined || kind !== 'blend', {
    path: ['continuous'],
    message: 'does not go with kind blend',
  })
  .refine(({ kind, switchGroup }) => switchGroup === undefined || kind === 'switch', {
    path: ['switchGroup'],
    message: 'goes with kind switch only',
  });

type Input = z.output<typeof input>;

export const createContainer = defineCommand({
  name: 'create_container',
  title: 'Create container',
  description:
    'Create a Random, Sequence, Switch or Blend Container, with empty Sounds in it. For a folder use create_object.',
  toolset: 'containers',
  effect: 'create',
  replaces: replacesWhatLiesThere,
  revert: deletesWhatItMade,
  examples: [
    {
      title: 'Create a Random Container with two empty Sounds',
      input: {
        kind: 'random',
        name: 'Claps',
        parentPath: '\\Containers\\Default Work Unit',
        sounds: ['Clap_1', 'Clap_2'],
      },
    },
  ],
  waapiCalls: 4,
  input,
  output: newObject('RandomSequenceContainer', 'SwitchContainer', 'BlendContainer').extend({
    children: z.array(leanCreated).describe('What is in it.'),
  }),
  achieved: achievedByCreate((asked: Input, { id }) => valuesHeld(id, valuesOf(asked, asked.switchGroup))),
  ...createsChild({
    type: ({ kind }: Input) => types[kind],
    targets: ({ switchGroup }) => [asString(switchGroup)].flatMap((group) => group ?? []),
    members: (asked: Input, { target }) => {
      const { switchGroup } = asked;
      if (switchGroup === undefined) return membersOf(asked, undefined);
      const group = expectType(target(switchGroup), 'switchGroup', 'SwitchGroup', 'StateGroup');
      return membersOf(asked, group.id);
    },
    below: () => 'children' as const,
    output: (created, below) => ({ ...withObjectId(created), children: below.map(createdRefOf) }),
  }),
});

const types = {
  random: 'RandomSequenceContainer',
  sequence: 'RandomSequenceContainer',
  switch: 'SwitchContainer',
  blend: 'BlendContainer',
} as const;

function membersOf(asked: Input, group: string | undefined): JsonObject {
  const children = asked.sounds.map((name) => ({ type: 'Sound', name }));
  return { ...valuesOf(asked, group), ...(children.length === 0 ? {} : { children }) };
}

function valuesOf({ kind, continuous, loop, avoidRepeating }: Input, group: string | undefined): JsonObject {
  if (kind === 'blend') return {};
  if (kind === 'switch') {
    return {
      ...(group === undefined ? {} : { '@SwitchGroupOrStateGroup': group }),
      ...(continuous === undefined ? {} : { '@SwitchBehavior': continuous ? 1 : 0 }),
    };
  }
  return {
    '@RandomOrSequence': kind === 'random' ? 1 : 0,
    ...(continuous === undefined ? {} : { '@PlayMechanismStepOrContinuous': continuous ? 0 : 1 }),
    ...(loop === undefined ? {} : { '@PlayMechanismLoop': loop }),
    ...(avoidRepeating === undefined ? {} : { '@RandomAvoidRepeating': avoidRepeating > 0 }),
    ...(avoidRepeating === undefined || avoidRepeating === 0
      ? {}
      : { '@RandomAvoidRepeatingCount': avoidRepeating }),
  };
}
