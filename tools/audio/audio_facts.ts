import { z } from 'zod';
import { WwiseFlowError } from '../../src/base/errors.ts';
import { audioSources } from '../../src/bus/audio-sources.ts';
import { type CommandContext, defineCommand } from '../../src/bus/command.ts';
import { findObject } from '../../src/bus/find-object.ts';
import { howManyFit } from '../../src/bus/fitted-page.ts';
import { leanRef } from '../../src/bus/lean-ref.ts';
import { objectField } from '../../src/bus/object-field.ts';
import { pageInput, pageOf, pageOutput } from '../../src/bus/page.ts';
import { localPath } from '../../src/bus/text-fields.ts';
import { readWaveLevels } from '../../src/bus/wave-levels.ts';

export const audioFacts = defineCommand({
  name: 'audio_facts',
  title: 'Audio facts',
  description:
    'Measure WAVE files (format, duration, peak, RMS, silence): a file, or all that an object and what is below it plays. For the waveform use audio_peaks.',
  toolset: 'audio',
  effect: 'read',
  examples: [
    { title: 'Measure what a container plays', input: { object: '\\Containers\\Default Work Unit\\Steps' } },
    { title: 'Measure a file before it is imported', input: { filePath: '/audio/Step_1.wav' } },
  ],
  waapiCalls: 2,
  input: z
    .strictObject({
      object: objectField('Source, Sound, container or Work Unit.').optional(),
      filePath: localPath.optional().describe('Instead: a WAVE file.'),
      silenceDb: z.number().min(-144).max(0).default(-60).describe('Below this level is silence, dBFS.'),
      ...pageInput,
      limit: z.int().min(1).max(100).default(25).describe('Files per page; each is read whole.'),
    })
    .refine(({ object, filePath }) => (object === undefined) !== (filePath === undefined), {
      message: 'give either object or filePath',
    }),
  output: z.object({
    files: z.array(
      z.object({
        filePath: z.string(),
        source: leanRef.nullable(),
        error: z.string().optional(),
        channels: z.int().optional(),
        sampleRate: z.int().optional().describe('Hz.'),
        bitsPerSample: z.int().optional(),
        durationSeconds: z.number().optional(),
        peakDb: z.number().nullable().optional().describe('dBFS; null for digital silence.'),
        rmsDb: z.number().nullable().optional().describe('RMS over all channels, dBFS.'),
        leadingSilenceSeconds: z.number().optional(),
        trailingSilenceSeconds: z.number().optional(),
      }),
    ),
    ...pageOutput,
  }),
  async run({ object, filePath, silenceDb, ...wanted }, context) {
    const { items, ...page } = pageOf(await filesOf(object, filePath, context), wanted);
    const all = items.map((item) => ({ ...item, ...measured(item.filePath, silenceDb) }));
    const [only] = all;
    if (filePath !== undefined && only?.error !== undefined) throw unreadable(filePath, only.error);
    const files = all.slice(0, howManyFit(all));
    if (files.length === all.length) return { files, ...page };
    return { files, total: page.total, cursor: String(Number(wanted.cursor ?? 0) + files.length) };
  },
});

async function filesOf(
  object: string | undefined,
  filePath: string | undefined,
  context: CommandContext,
): Promise<{ filePath: string; source: z.output<typeof leanRef> | null }[]> {
  if (object === undefined) return [{ filePath: await context.readableFile(filePath ?? ''), source: null }];
  return [...(await audioSources((await findObject(object, context)).id, context))];
}

function measured(filePath: string, silenceDb: number) {
  try {
    const { sampleCount, formatTag, channelMask, durationSeconds, ...facts } = readWaveLevels(
      filePath,
      silenceDb,
    );
    return { ...facts, durationSeconds: Number(durationSeconds.toFixed(4)) };
  } catch (thrown) {
    return { error: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}

function unreadable(filePath: string, reason: string): WwiseFlowError {
  return new WwiseFlowError('FILE_UNREADABLE', reason, {
    hint: 'Give a RIFF/WAVE file with audio in it.',
    details: { filePath },
  });
}
