import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { page, pageInput, pageOutput } from '../../src/core/answers/page.ts';
import { unreadableOutput } from '../../src/core/backend/project-files.ts';
import { WwiseFlowError } from '../../src/core/errors.ts';
import { type DeliveredBank, readDelivery } from '../../src/wwise/lists/delivered-banks.ts';
import { askRows } from '../../src/wwise/objects/finding/ask-rows.ts';
import { refOf, refReturns } from '../../src/wwise/objects/rows/object-row.ts';
import { localPath } from '../../src/wwise/objects/rows/text-fields.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

export const checkDelivery = defineCommand({
  name: 'check_delivery',
  title: 'Check delivery',
  description:
    'Compare the generated SoundBanks on disk with the project: Events in no bank, or delivered but gone, absent files, another project.',
  toolset: 'soundbanks',
  effect: 'read',
  reliesOnWholeProject: 'reports',
  examples: [{ title: 'Check the banks in a folder', input: { folder: '/audio/GeneratedSoundBanks' } }],
  waapiCalls: 1,
  input: z.strictObject({
    folder: localPath.optional().describe('Banks of a platform. Default: GeneratedSoundBanks.'),
    ...pageInput,
  }),
  output: z.object({
    folder: z.string(),
    banks: z.int(),
    ok: z.boolean(),
    problems: z.array(
      z.object({
        kind: z.enum([
          'eventNotDelivered',
          'eventUnknown',
          'bankFileMissing',
          'mediaMissing',
          'otherProject',
          'unreadable',
        ]),
        what: z.string().describe('Event, file or GUID.'),
        where: z.string().describe('Path or bank.'),
      }),
    ),
    ...pageOutput,
    ...unreadableOutput,
  }),
  async run(input, context) {
    const { folder } = input;
    const project = await context.project();
    const root =
      folder === undefined
        ? join(dirname(project.filePath), 'GeneratedSoundBanks')
        : await context.readableFolder(folder);
    if (!existsSync(root)) throw noMetadata(root);
    const delivery = await readDelivery(root);
    if (delivery.metadataFiles === 0) throw noMetadata(root);
    const events = (await askRows('$ from type Event', refReturns, context)).map(refOf);
    const delivered = delivery.banks.flatMap((bank) =>
      bank.events.map((event) => ({
        ...event,
        platform: bank.platform,
        bank: `${bank.name} (${bank.platform})`,
      })),
    );
    const problems: { kind: Problem; what: string; where: string }[] = [];
    const { projectId } = delivery;
    if (projectId !== null && projectId.toUpperCase() !== project.id)
      problems.push({ kind: 'otherProject', what: projectId, where: root });
    for (const file of delivery.unreadable) problems.push({ kind: 'unreadable', what: file, where: root });
    const platforms = [...new Set(delivery.banks.map(({ platform }) => platform))];
    for (const event of events) {
      const without = platforms.filter((platform) => !delivered.some((one) => isOn(one, platform, event)));
      if (without.length === platforms.length)
        problems.push({ kind: 'eventNotDelivered', what: event.name, where: event.path });
      else
        for (const platform of without)
          problems.push({
            kind: 'eventNotDelivered',
            what: event.name,
            where: `${event.path} (${platform})`,
          });
    }
    for (const one of delivered) {
      if (!events.some((event) => event.id === one.id || (one.id === '' && one.name === event.name)))
        problems.push({ kind: 'eventUnknown', what: one.name, where: one.bank });
    }
    for (const bank of delivery.banks) problems.push(...missingFiles(bank, root));
    const { items, ...rest } = page('check_delivery', input, problems);
    return {
      folder: root,
      banks: delivery.banks.length,
      ok: problems.length === 0,
      problems: items,
      ...rest,
    };
  },
});

type Problem =
  | 'eventNotDelivered'
  | 'eventUnknown'
  | 'bankFileMissing'
  | 'mediaMissing'
  | 'otherProject'
  | 'unreadable';

interface DeliveredEvent {
  readonly id: string;
  readonly name: string;
  readonly platform: string;
}

function isOn(one: DeliveredEvent, platform: string, event: { readonly id: string; readonly name: string }) {
  return one.platform === platform && (one.id === event.id || (one.id === '' && one.name === event.name));
}

/** Paths in the metadata count from the platform's folder, which the metadata file lies in or below. */
function missingFiles(bank: DeliveredBank, root: string): { kind: Problem; what: string; where: string }[] {
  const folders = [bank.metadataFolder];
  for (
    let folder = bank.metadataFolder;
    folder !== root && folder !== dirname(folder);
    folder = dirname(folder)
  )
    folders.push(dirname(folder));
  const isThere = (path: string) =>
    folders.some((folder) => existsSync(join(folder, path)) || existsSync(join(folder, bank.language, path)));
  return [
    ...(bank.path !== '' && !isThere(bank.path)
      ? [{ kind: 'bankFileMissing' as const, what: bank.path, where: bank.name }]
      : []),
    ...bank.looseMedia
      .filter((path) => !isThere(path))
      .map((path) => ({ kind: 'mediaMissing' as const, what: path, where: bank.name })),
  ];
}

function noMetadata(root: string): WwiseFlowError {
  return new WwiseFlowError(
    'FILE_NOT_FOUND',
    `No SoundBank metadata (SoundbanksInfo.json) lies below "${root}".`,
    {
      hint: 'Generate the SoundBanks with JSON metadata switched on in the project settings, or give their folder.',
      details: { folder: root },
    },
  );
}
