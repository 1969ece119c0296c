import { asJsonArray, asJsonObject, asString, type Json, type JsonObject } from '../../../core/json.ts';
import type { ModelEditor } from '../../model/editor.ts';
import type { WwiseObject } from '../../model/model.ts';
import type { OpenedProject } from '../../project/opened-project.ts';
import { listedOnce, type Originals } from '../../project/originals/originals.ts';
import { type StagedAudio, stageAudio, stemOf } from '../files/stage-audio.ts';
import { storeOriginal } from '../files/store-original.ts';
import { attachToSegment, attachToTrack, isMusicHome, type MusicFile } from './attach-music.ts';
import { attachSource, planSource } from './attach-source.ts';
import { addDialoguePath, planDialogue } from './import-dialogue.ts';
import { addImportEvent, planImportEvent } from './import-event.ts';
import { ImportProblem } from './import-problem.ts';
import { assignToSwitch, planSwitch } from './import-switch.ts';
import { type ImportOperation, type ImportTarget, planTarget } from './import-target.ts';
import { createTarget, makeWorkUnits, removeWorkUnits } from './make-target.ts';
import { applyMembers, memberValues } from './member-values.ts';
import { parseObjectPath } from './object-path.ts';

export interface ImportOutcome {
  /** What was created, replaced or reused, each once; an audio source before its Sound. */
  readonly objects: readonly WwiseObject[];
  /** Absolute paths in Originals. */
  readonly files: readonly string[];
  /** `{ severity, message, index }`; empty when all went well. */
  readonly log: readonly JsonObject[];
}

/**
 * `ak.wwise.core.audio.import`: each entry of `imports`, over the values of `default`, makes an object and lets it play
 * a copy of the audio file in Originals. An entry that cannot be done leaves no object and no file behind but an Error
 * in the log; the others are done all the same. `staged` holds what was written to disk before, by its Base64 text. In steps, of
 * an entry each.
 */
export function* importAudio(
  args: JsonObject,
  project: OpenedProject,
  editor: ModelEditor,
  staged: StagedAhead = new Map(),
): Generator<void, ImportOutcome> {
  const operation = importOperation(args.importOperation);
  const objects = new Set<WwiseObject>();
  const files = new Set<string>();
  const log: JsonObject[] = [];
  let originals = listedOnce(project.originals);
  for (const [index, item] of asJsonArray(args.imports).entries()) {
    const entry = withDefaults(asJsonObject(args.default), asJsonObject(item));
    try {
      const done = yield* importEntry(entry, operation, project, originals, editor, staged);
      for (const object of done.objects) objects.add(object);
      if (done.file !== undefined) files.add(done.file);
      for (const message of done.warnings) log.push({ severity: 'Warning', message, index });
    } catch (error) {
      if (!(error instanceof ImportProblem)) throw error;
      log.push({ severity: 'Error', message: error.message, index });
      // What was to be written may not be there.
      originals = listedOnce(project.originals);
    }
    yield;
  }
  // A later entry may have replaced what an earlier one made.
  const alive = [...objects].filter((object) => project.model.byId(object.id) !== undefined);
  return { objects: alive, files: [...files], log };
}

/** Files decoded ahead, by the `audioFileBase64` they came in. */
export type StagedAhead = ReadonlyMap<string, StagedAudio>;

function importOperation(value: unknown): ImportOperation {
  return value === 'createNew' || value === 'replaceExisting' ? value : 'useExisting';
}

/** An entry's own file, whichever way it is given, replaces that of the defaults. */
function withDefaults(defaults: JsonObject, entry: JsonObject): JsonObject {
  const ownsFile = entry.audioFile !== undefined || entry.audioFileBase64 !== undefined;
  const base = ownsFile ? { ...defaults, audioFile: undefined, audioFileBase64: undefined } : defaults;
  return { ...base, ...entry };
}

interface EntryOutcome {
  readonly objects: readonly WwiseObject[];
  readonly file: string | undefined;
  readonly warnings: readonly string[];
}

/** Everything that can go wrong is found first; then the file is stored, then the objects are made. */
function* importEntry(
  entry: JsonObject,
  operation: ImportOperation,
  project: OpenedProject,
  originals: Originals,
  editor: ModelEditor,
  staged: StagedAhead,
): Generator<void, EntryOutcome> {
  const { model } = project;
  const base64 = asString(entry.audioFileBase64);
  const path = parseObjectPath(
    asString(entry.objectPath) ?? '',
    asString(entry.importLocation),
    fileStem(asString(entry.audioFile) ?? base64?.slice(0, base64.indexOf('|'))),
    model,
  );
  const ahead = entry.audioFile === undefined && base64 !== undefined ? staged.get(base64) : undefined;
  const audio = ahead ?? stageAudio(asString(entry.audioFile), base64);
  try {
    const hasAudio = audio !== undefined;
    const planned = planTarget(path, { operation, objectType: asString(entry.objectType), hasAudio }, model);
    const members = memberValues(entry, planned.type, model);
    const events = texts(entry.event).map((text) => planImportEvent(text, model));
    const dialogues = texts(entry.dialogueEvent).map((text) => planDialogue(text, planned.type, model));
    const assignments = texts(entry.switchAssignation).map((text) => planSwitch(text, planned, model));
    const source = planSource(planned, { language: asString(entry.importLanguage), audio }, model);
    const above = yield* makeWorkUnits(planned, project, editor);
    const stored = yield* orRemoving(above.created, () =>
      audio === undefined
        ? undefined
        : storeOriginal(audio, {
            originals,
            language: source.language,
            subFolder: asString(entry.originalsSubFolder),
            mayReplace: operation !== 'createNew',
          }),
    );

    const { created, target } = yield* createTarget(planned, above, source.isVoice, project, editor);
    applyMembers(target, members, editor);
    const notes = asString(entry.notes);
    if (notes !== undefined) editor.setNotes(target, notes);
    const music =
      audio !== undefined && stored !== undefined && isMusicHome(target.type)
        ? attachMusic(
            target,
            { name: source.name, relativePath: stored.relativePath, media: audio.media },
            operation,
          )
        : [];
    const audioSource =
      music[0] ?? (stored && attachSource(target, source, stored.relativePath, operation, model, editor));
    const sourceNotes = asString(entry.audioSourceNotes);
    if (audioSource !== undefined && sourceNotes !== undefined) editor.setNotes(audioSource, sourceNotes);
    for (const assignment of assignments) assignToSwitch(assignment, target, model, editor);
    const made = [
      ...events.flatMap((event) => addImportEvent(event, target, model, editor)),
      ...dialogues.flatMap((dialogue) => addDialoguePath(dialogue, target, model, editor)),
    ];

    return {
      objects: [
        ...created,
        ...music,
        ...inOrder(target, music[0] === undefined ? audioSource : undefined, planned, path.isObject),
        ...made,
      ],
      file: stored?.absolutePath,
      warnings:
        audioSource === undefined ? [] : sourceWarnings(audioSource, stored?.replaced === true, project),
    };
  } finally {
    if (audio !== ahead) audio?.discard();
  }

  function* orRemoving<T>(made: readonly WwiseObject[], work: () => T): Generator<void, T> {
    try {
      return work();
    } catch (failure) {
      yield* removeWorkUnits(made, project);
      throw failure;
    }
  }

  function attachMusic(target: WwiseObject, file: MusicFile, how: ImportOperation): readonly WwiseObject[] {
    const attach = target.type === 'MusicTrack' ? attachToTrack : attachToSegment;
    return attach(target, file, how, model, editor);
  }
}

/** An import file may have several columns of a kind; they come as a list. */
function texts(value: Json | undefined): readonly string[] {
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  return all.filter((text): text is string => typeof text === 'string' && text.trim() !== '');
}

function fileStem(path: string | undefined): string | undefined {
  return path === undefined || path === '' ? undefined : stemOf(path.split(/[\\/]/).at(-1) ?? '');
}

/**
 * The source comes before its Sound, unless the path named both: then they come in the path's order. An import into a
 * source says of that alone.
 */
function inOrder(
  target: WwiseObject,
  audioSource: WwiseObject | undefined,
  planned: ImportTarget,
  isObject: boolean,
): readonly WwiseObject[] {
  if (audioSource === undefined) return [target];
  if (isObject && planned.sourceName !== undefined) return [audioSource];
  return planned.sourceName === undefined ? [audioSource, target] : [target, audioSource];
}

/** What is not as one may expect: who else hears a file that was just overwritten. */
function sourceWarnings(source: WwiseObject, replaced: boolean, { model }: OpenedProject): string[] {
  if (!replaced) return [];
  const warnings: string[] = [];
  const file = model.audioFile(source);
  const others = [...model.ofType('AudioFileSource')].filter(
    (other) => other.id !== source.id && model.audioFile(other)?.absolutePath === file?.absolutePath,
  );
  if (others.length > 0) {
    const paths = others.slice(0, 5).map((other) => model.path(other));
    warnings.push(`"${file?.absolutePath}" was overwritten; other sources play it too: ${paths.join(', ')}.`);
  }
  return warnings;
}
