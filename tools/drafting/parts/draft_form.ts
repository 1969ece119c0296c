import { z } from 'zod';
import { languageField } from '../../../src/wwise/audio/importing/import-many.ts';
import { nameField, objectField } from '../../../src/wwise/objects/rows/object-field.ts';
import { localPath } from '../../../src/wwise/objects/rows/text-fields.ts';

/** What somebody wants imported, said by filling in. */
export const form = z
  .strictObject({
    folderPath: localPath
      .describe('Folder of the audio files, what lies deeper included; or files.')
      .optional(),
    files: z.array(localPath).min(1).max(100).optional().describe('Or: the audio files, absolute paths.'),
    naming: z
      .string()
      .min(1)
      .max(200)
      .default('{sound}')
      .describe(
        'How the files are named, without ending: {sound}, {group}_{sound}_{take}, SFX_{sound}_{take}; with container.kind switch {sound}_{switch}_{take}.',
      ),
    parentPath: objectField('Where it goes: Work Unit, folder or container; or ask for it.').optional(),
    groupAs: z
      .enum(['ActorMixer', 'Folder'])
      .default('ActorMixer')
      .describe('What a {group} becomes: ActorMixer is the Property Container of 2025.'),
    container: z
      .strictObject({
        kind: z
          .enum(['random', 'sequence', 'blend', 'switch'])
          .describe(
            'switch: a Random Container for each {switch} lies in it, assigned to the Switch of that name.',
          ),
        name: z
          .string()
          .trim()
          .min(1)
          .max(200)
          .default('{sound}')
          .describe('{sound}: one for each; or a name.'),
        switchGroup: objectField('Switch: the Switch Group or State Group it follows.').optional(),
        newSwitchGroup: nameField(
          'Switch: or a Switch Group that is made, unless it is there, with a Switch for each {switch}.',
        ).optional(),
      })
      .refine(isOneGroup, {
        path: ['switchGroup'],
        message: 'or newSwitchGroup: one goes with kind switch, none else',
      })
      .optional()
      .describe('What the files of one sound lie in. Default: nothing, each file is a Sound.'),
    properties: z
      .record(
        z.string().regex(/^[:_a-zA-Z0-9]+$/, 'must be a name such as Volume'),
        z.union([z.string(), z.number(), z.boolean()]),
      )
      .default({})
      .describe('Of each container, or else each Sound: {"Volume": -6}.'),
    busPath: objectField('Bus they play through.').optional(),
    newBus: z
      .strictObject({ name: nameField('Its name.'), parentPath: objectField('Bus above it.') })
      .optional()
      .describe('Or: a bus that is made, unless it is there.'),
    event: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .optional()
      .describe('An Event for each container, or else each Sound: Play_{name}, Play_{group}_{name}.'),
    soundbank: nameField(
      'SoundBank that gets the Events, or else the objects; made unless it is there.',
    ).optional(),
    language: languageField,
    ask: z
      .array(z.string().trim().min(1).max(100))
      .max(20)
      .default([])
      .describe('What a person is asked for: parentPath, busPath, soundbank, or a property such as Volume.'),
    save: z.boolean().default(true).describe('Save the project at the end.'),
    onError: z.enum(['rollback', 'stop', 'continue']).default('rollback').describe('When a step fails.'),
    workflowId: z
      .string()
      .regex(/^[A-Za-z0-9._:-]{1,128}$/, 'must be 1 to 128 letters, digits, ".", "_", ":" or "-"')
      .optional()
      .describe('Default: by the form.'),
  })
  .refine(({ folderPath, files }) => (folderPath === undefined) !== (files === undefined), {
    message: 'give either folderPath or files',
  })
  .refine(({ busPath, newBus }) => busPath === undefined || newBus === undefined, {
    path: ['newBus'],
    message: 'does not go with busPath',
  })
  .refine(({ parentPath, ask }) => parentPath !== undefined || ask.includes('parentPath'), {
    path: ['parentPath'],
    message: 'must be given, or be in ask',
  })
  .refine(({ container, naming }) => (container?.kind === 'switch') === naming.includes('{switch}'), {
    path: ['naming'],
    message: 'has {switch} with container.kind switch, and only then: {sound}_{switch}_{take}',
  })
  .refine(({ container }) => container?.name.includes('{switch}') !== true, {
    path: ['container', 'name'],
    message: 'names the Switch Container, which holds what plays at every {switch}',
  })
  .refine(({ newBus, ask }) => newBus === undefined || !ask.includes('busPath'), {
    path: ['newBus'],
    message: 'does not go with asking for busPath',
  });

export type Form = z.output<typeof form>;

function isOneGroup(container: {
  readonly kind: string;
  readonly switchGroup?: string | undefined;
  readonly newSwitchGroup?: string | undefined;
}): boolean {
  const { kind, switchGroup, newSwitchGroup } = container;
  const given = [switchGroup, newSwitchGroup].filter((one) => one !== undefined).length;
  return given === (kind === 'switch' ? 1 : 0);
}

/** The type that gets the properties, as Wwise names it. */
export function ownerType({ container }: Pick<Form, 'container'>): string {
  if (container === undefined) return 'Sound';
  return ownerTypes[container.kind];
}

const ownerTypes = {
  random: 'RandomSequenceContainer',
  sequence: 'RandomSequenceContainer',
  blend: 'BlendContainer',
  switch: 'SwitchContainer',
} as const;
