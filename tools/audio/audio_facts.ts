import { existsSync } from 'node:fs';
import { z } from 'zod';
import { pageFrom, pageInput, pageOutput, pageStart } from '../../src/core/answers/page.ts';
import { WwiseFlowError } from '../../src/core/errors.ts';
import { readWaveLevels, type WaveLevels } from '../../src/wwise/audio/levels/wave-levels.ts';
import { audioSources } from '../../src/wwise/audio/originals/audio-sources.ts';
import { findObject } from '../../src/wwise/objects/finding/find-object.ts';
import { leanRef } from '../../src/wwise/objects/rows/lean-ref.ts';
import { objectField } from '../../src/wwise/objects/rows/object-field.ts';
import { localPath } from '../../src/wwise/objects/rows/text-fields.ts';
import { type CommandContext, defineCommand } from '../../src/wwise/wwise-command.ts';

export const audioFacts = defineCommand({
  name: 'audio_facts',
  title: 'Audio facts',
  description:
    'Measure WAVE files: format, duration, loudness (LUFS, EBU R 128), true peak, level, silence; a file, or all that an object and what is below it plays. For the waveform use audio_peaks.',
  toolset: 'audio',
  effect: 'read',
  readsOnly: 'audio files',
  examples: [
    {
      title: 'Measure what a container plays',
      input: { objectId: '\\Containers\\Default Work Unit\\Steps' },
    },
    { title: 'Measure a file before it is imported', input: { filePath: '/audio/Step_1.wav' } },
  ],
  waapiCalls: 2,
  input: z
    .strictObject({
      objectId: objectField('Source, Sound, container or Work Unit.').optional(),
      filePath: localPath.optional().describe('Instead: a WAVE file.'),
      silenceDb: z.number().min(-144).max(0).default(-60).describe('Below this level is silence, dBFS.'),
      ...pageInput,
      limit: z.int().min(1).max(100).default(25).describe('Files per page; each is read whole.'),
    })
    .refine(({ objectId, filePath }) => (objectId === undefined) !== (filePath === undefined), {
      message: 'give either objectId or filePath',
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
        truePeakDb: z.number().nullable().optional().describe('dBTP.'),
        integratedLufs: z.number().nullable().optional().describe('Null: below -70 LUFS.'),
        momentaryMaxLufs: z.number().nullable().optional(),
        rmsDb: z.number().nullable().optional().describe('RMS over all channels, dBFS.'),
        leadingSilenceSeconds: z.number().optional(),
        trailingSilenceSeconds: z.number().optional(),
      }),
    ),
    loudness: z
      .object({ quietestLufs: z.number(), medianLufs: z.number(), loudestLufs: z.number() })
      .nullable()
      .describe('Integrated, over this page.'),
    ...pageOutput,
  }),
  async run(input, context) {
    const { objectId, filePath, silenceDb, limit } = input;
    const files = await filesOf(objectId, filePath, context);
    const start = pageStart('audio_facts', input);
    const measuredFiles = [];
    for (const file of files.slice(start, start + limit))
      measuredFiles.push({ ...file, ...(await measured(file.filePath, silenceDb, context.signal)) });
    const [only] = measuredFiles;
    if (filePath !== undefined && only?.error !== undefined) throw unreadable(filePath, only.error);
    const { items, ...rest } = pageFrom('audio_facts', input, measuredFiles, files.length);
    return { files: items, loudness: spreadOf(items.flatMap((file) => file.integratedLufs ?? [])), ...rest };
  },
});

async function filesOf(
  objectId: string | undefined,
  filePath: string | undefined,
  context: CommandContext,
): Promise<{ filePath: string; source: z.output<typeof leanRef> | null }[]> {
  if (objectId === undefined) return [{ filePath: await context.readableFile(filePath ?? ''), source: null }];
  return [...(await audioSources((await findObject(objectId, context)).id, context))];
}

/** Quietest, median and loudest: whether the files go together. */
function spreadOf(lufs: readonly number[]) {
  const sorted = lufs.toSorted((a, b) => a - b);
  const [quietestLufs, loudestLufs] = [sorted[0], sorted.at(-1)];
  const medianLufs = sorted[sorted.length >> 1];
  if (quietestLufs === undefined || medianLufs === undefined || loudestLufs === undefined) return null;
  return { quietestLufs, medianLufs, loudestLufs };
}

interface Measured extends Partial<Omit<WaveLevels, 'sampleCount' | 'formatTag' | 'channelMask'>> {
  readonly error?: string;
}

async function measured(filePath: string, silenceDb: number, signal: AbortSignal): Promise<Measured> {
  try {
    const { sampleCount, formatTag, channelMask, durationSeconds, ...facts } = await readWaveLevels(
      filePath,
      silenceDb,
      signal,
    );
    return { ...facts, durationSeconds: Number(durationSeconds.toFixed(4)) };
  } catch (thrown) {
    signal.throwIfAborted();
    if (!existsSync(filePath))
      return { error: filePath === '' ? 'It names no file.' : 'The file is missing.' };
    return { error: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}

function unreadable(filePath: string, reason: string): WwiseFlowError {
  return new WwiseFlowError('FILE_UNREADABLE', reason, {
    hint: 'Give a RIFF/WAVE file with audio in it.',
    details: { filePath },
  });
}
