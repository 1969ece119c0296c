import { z } from 'zod';
import { WwiseFlowError } from '../../src/core/errors.ts';
import {
  asJsonArray,
  asJsonObject,
  asString,
  isJsonObject,
  type Json,
  type JsonObject,
} from '../../src/core/json.ts';
import { readWaveFacts } from '../../src/core/wave/wave.ts';
import { type ImportableAudio, importableAudio } from '../../src/wwise/audio/converting/convert-audio.ts';
import { importLogEntryOf } from '../../src/wwise/audio/importing/import-log.ts';
import { originalPathExpression } from '../../src/wwise/audio/originals/original-path.ts';
import { type Claim, valuesHeld } from '../../src/wwise/claims/claim.ts';
import { memoOfCreate } from '../../src/wwise/claims/create-memo.ts';
import { cuesOf } from '../../src/wwise/lists/music-structure.ts';
import { isError } from '../../src/wwise/log/wwise-log.ts';
import { orRefusal } from '../../src/wwise/objects/changes/or-refusal.ts';
import { callObjectSet } from '../../src/wwise/objects/changes/set-objects.ts';
import { onNameConflict } from '../../src/wwise/objects/creating/child-spec.ts';
import { createChild } from '../../src/wwise/objects/creating/create-child.ts';
import { replacesWhatLiesThere } from '../../src/wwise/objects/creating/replaces-what-lies-there.ts';
import { askRows } from '../../src/wwise/objects/finding/ask-rows.ts';
import { childrenOf } from '../../src/wwise/objects/finding/children-of.ts';
import { findObject } from '../../src/wwise/objects/finding/find-object.ts';
import { newObject, withObjectId } from '../../src/wwise/objects/rows/lean-ref.ts';
import { nameField, objectField } from '../../src/wwise/objects/rows/object-field.ts';
import { type CreatedRef, referenceIdOf } from '../../src/wwise/objects/rows/object-row.ts';
import { localPath } from '../../src/wwise/objects/rows/text-fields.ts';
import { deletesWhatItMade } from '../../src/wwise/undo/revert.ts';
import { type CommandContext, defineCommand } from '../../src/wwise/wwise-command.ts';

const input = z
  .strictObject({
    name: nameField('Its name.'),
    parentPath: objectField('Work Unit, folder or music container.'),
    tracks: z
      .array(
        z.strictObject({
          name: nameField('Its name.'),
          filePath: localPath.optional().describe('WAVE, AIFF, FLAC, MP3 or Ogg file it plays.'),
        }),
      )
      .min(1)
      .max(100)
      .describe('They play together.'),
    tempo: z.number().min(1).max(1_000).optional().describe('Beats per minute.'),
    onNameConflict,
  })
  .refine(({ tracks }) => new Set(tracks.map(({ name }) => name.toLowerCase())).size === tracks.length, {
    path: ['tracks'],
    message: 'must have different names',
  });

type Input = z.output<typeof input>;

export const createMusicSegment = defineCommand({
  name: 'create_music_segment',
  title: 'Create music segment',
  description:
    'Create a Music Segment with Music Tracks and their audio, for create_music_playlist. For other sounds use audio_import.',
  toolset: 'music',
  effect: 'create',
  replaces: replacesWhatLiesThere,
  revert: deletesWhatItMade,
  examples: [
    {
      title: 'Create a segment of one track',
      input: {
        name: 'Verse',
        parentPath: '\\Containers\\Default Work Unit',
        tracks: [{ name: 'Drums', filePath: '/audio/Step_1.wav' }],
        tempo: 96,
      },
    },
  ],
  waapiCalls: 15,
  input,
  inputFiles: ({ tracks }) => tracks.flatMap(({ filePath }) => filePath ?? []),
  output: newObject('MusicSegment').extend({
    tracks: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        filePath: z.string().nullable().describe('Original it plays; null: none.'),
        error: z.string().optional(),
      }),
    ),
  }),
  async run(asked, context) {
    // A file that cannot be read must not leave half a segment behind.
    const audio = new Map<string, ImportableAudio>();
    const discard = () => Promise.all([...audio.values()].map((one) => one.discard()));
    try {
      for (const { name: track, filePath } of asked.tracks)
        if (filePath !== undefined)
          audio.set(track, await importableAudio(await context.readableFile(filePath), context));
      return await create(asked, new Map([...audio].map(([track, { path }]) => [track, path])), context);
    } finally {
      await discard();
    }
  },
  ...memoOfCreate(
    (_: Input) => 'MusicSegment',
    (created, asked: Input, context) => described(created, asked, context, new Map()),
    ({ tempo }, { id, tracks }) => [
      ...valuesHeld(id, tempo === undefined ? {} : { OverrideClockSettings: true, Tempo: tempo }),
      ...tracks.map(
        (track): Claim => ({
          kind: 'exists',
          id: track.id,
          type: 'MusicTrack',
          parentId: id,
          name: track.name,
        }),
      ),
    ],
  ),
});

/** `files` are the audio of the tracks, by their names. */
async function create(asked: Input, files: ReadonlyMap<string, string>, context: CommandContext) {
  const { name, parentPath, onNameConflict: mode, tracks, tempo } = asked;
  const parent = await findObject(parentPath, context);
  const members: JsonObject = {
    ...(tempo === undefined ? {} : { '@OverrideClockSettings': true, '@Tempo': tempo }),
    ...lengthOf([...files.values()]),
    children: tracks.map((track) => ({ type: 'MusicTrack', name: track.name })),
  };
  const errors = new Map<string, string>();
  const created = await context.oneStep(`Create ${name}`, async () => {
    const made = await createChild(
      parent,
      { type: 'MusicSegment', name, onNameConflict: mode, members },
      context,
    );
    for (const { id, name: track } of await childrenOf(made.id, context)) {
      const file = files.get(track);
      if (file === undefined) continue;
      const outcome = await orRefusal(() => importInto(id, track, file, context));
      if ('error' in outcome) errors.set(id, outcome.error);
    }
    if (members['@EndPosition'] !== undefined) await endWith(made.id, members['@EndPosition'], context);
    return made;
  });
  return described(created, asked, context, errors);
}

/** The end of the segment in ms: a new one is 4 s long, whatever its tracks play. */
function lengthOf(files: readonly string[]): JsonObject {
  if (files.length === 0) return {};
  const seconds = files.map((file) => durationOf(file));
  return { '@EndPosition': Math.round(Math.max(...seconds) * 1000) };
}

/** The exit cue of a new segment stands at 1 s: the music shall leave where it ends. */
async function endWith(id: string, timeMs: Json, context: CommandContext): Promise<void> {
  const { row } = await findObject(id, context, { returns: ['@Cues'] });
  const exit = (await cuesOf(row['@Cues'], context)).find(({ kind }) => kind === 'exit');
  if (exit === undefined) return;
  await callObjectSet([{ object: exit.id, '@TimeMs': timeMs }], context, {
    aim: 'move the exit cue',
    returns: ['id'],
  });
}

function durationOf(file: string): number {
  try {
    return readWaveFacts(file).durationSeconds;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new WwiseFlowError('FILE_UNREADABLE', `${reason} Nothing was created.`, {
      hint: 'Give RIFF/WAVE files with audio in them.',
      details: { file },
      cause,
    });
  }
}

async function importInto(
  trackId: string,
  track: string,
  file: string,
  context: CommandContext,
): Promise<void> {
  const change = { object: trackId, import: { files: [{ audioFile: file }] } };
  const aim = `import "${file}" into "${track}"`;
  const { objects } = await callObjectSet([change], context, { aim, returns: ['id'] });
  const { logs } = asJsonObject(asJsonObject(asJsonArray(objects)[0]).import);
  const failed = asJsonArray(logs).filter(isJsonObject).map(importLogEntryOf).find(isError);
  if (failed === undefined) return;
  throw new WwiseFlowError('IMPORT_FAILED', `Wwise did not ${aim}: ${failed.message}`, {
    hint: 'Correct the file, then import it again.',
  });
}

async function described(
  created: CreatedRef,
  { tracks: wanted }: Input,
  context: CommandContext,
  errors: ReadonlyMap<string, string>,
) {
  const expression = originalPathExpression(await context.project());
  const rows = await askRows(
    `$ "${created.id}" select descendants where type = "AudioFileSource"`,
    ['id', 'parent', expression],
    context,
  );
  const tracks = (await childrenOf(created.id, context)).map(({ id, name }) => {
    const source = rows.find((row) => referenceIdOf(row.parent) === id);
    const filePath = asString(source?.[expression]) ?? null;
    const isMissing =
      filePath === null && wanted.some((one) => one.name === name && one.filePath !== undefined);
    const error = errors.get(id) ?? (isMissing ? 'After the import the track plays no file.' : undefined);
    return { id, name, filePath, ...(error === undefined ? {} : { error }) };
  });
  return { ...withObjectId(created), tracks };
}
