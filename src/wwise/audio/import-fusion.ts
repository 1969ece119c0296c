import { basename } from 'node:path';
import { childKey, orderKey } from '../../bus/fusion/child-fusion.ts';
import { memberKey, sourceKey } from '../../bus/fusion/claimed-keys.ts';
import type { Fusion, FusionView, Piece } from '../../bus/fusion/fusion.ts';
import { objectKnown } from '../../bus/fusion/target-fusion.ts';
import { asString, isJsonObject } from '../../core/json.ts';
import type { InputFile } from '../files/input-file.ts';
import { tidyDesignator } from '../objects/object-designator.ts';
import { type CreatedRef, createdRefOf } from '../objects/object-row.ts';
import { type ImportLogEntry, importLogOf } from './import-log.ts';
import { type ImportPlace, importEntry, languageOf, placeOfSound, soundName } from './import-place.ts';
import { originalPathExpression } from './original-path.ts';
import { checkWave } from './readable-wave.ts';
import { type PlayedFile, type PlayingSource, playingAmong, sourceReturns } from './source-playing.ts';

/** Fuses imports of single files: many are one call of audio.import. Existing Sounds are updated; the other operations go alone. */
export function importFusion(): Fusion<ImportInput, Imported> {
  return {
    call: 'import',
    accepts: ({ importOperation }) => importOperation === undefined || importOperation === 'useExisting',
    // A Sound becomes a voice, or none, with what it is made to play.
    lanes: ({ objectId, parentPath }) => {
      const parent = asString(parentPath);
      if (parent !== undefined)
        return [{ kind: 'children', of: parent }, { kind: 'source' }, { kind: '@isvoice' }];
      const of = asString(objectId) ?? '';
      return [
        { kind: 'source', of },
        { kind: '@isvoice', of },
      ];
    },
    names: ({ objectId, parentPath }) => {
      // Of a Sound that is there its sources matter: what it played before is what an undo brings back.
      const objects = [asString(parentPath), asString(objectId)].flatMap((named) => named ?? []);
      return { objects, parents: objects };
    },
    makes: (raw) => {
      const parent = asString(raw.parentPath);
      return parent === undefined
        ? undefined
        : {
            parent: tidyDesignator(parent),
            name: soundName(asString(raw.name), asString(raw.filePath) ?? ''),
          };
    },
    returns: (_raw, facts) => ['@IsVoice', ...sourceReturns(facts)],
    foreknown: ({ objectId }) => {
      const known = objectKnown(objectId);
      return isJsonObject(known.object) ? { ...known, objectId: known.object.id } : {};
    },
    checkFile: checkWave,
    prepare: (input, view) => {
      const file = view.file(input.filePath);
      const named = view.find(input.objectId ?? input.parentPath ?? '');
      if (named === undefined || file === undefined) return undefined;
      const place =
        input.objectId === undefined
          ? { parentId: named.id, name: soundName(input.name, input.filePath), sound: null, isVoice: false }
          : placeOfSound(named);
      return importPiece(file, place, input, view);
    },
  };
}

/** What an import gives back of one file. */
export interface Imported {
  readonly objectId: string;
  /** The Sound. */
  readonly object: CreatedRef;
  readonly source: PlayingSource;
  readonly files: string[];
  readonly log: ImportLogEntry[];
}

export interface ImportInput {
  readonly filePath: string;
  readonly objectId?: string | undefined;
  readonly parentPath?: string | undefined;
  readonly name?: string | undefined;
  readonly language?: string | undefined;
  readonly originalsSubFolder?: string | undefined;
}

function importPiece(
  file: InputFile,
  place: ImportPlace,
  { language: wanted, originalsSubFolder }: ImportInput,
  view: FusionView,
): Piece<Imported> {
  const { parentId, name } = place;
  if (place.sound !== null && place.sound.type !== 'Sound') throw new Error('It is not a Sound.');
  const language = languageOf(wanted, place, view.facts);
  const namesakesBefore = place.sound === null ? view.namesakes(parentId, name) : [];
  const existing = namesakesBefore.find((other) => other.name.toLowerCase() === name.toLowerCase());
  const soundId = place.sound?.id ?? existing?.id;
  const played: PlayedFile = { fileName: basename(file.path), sha256: file.sha256, language };
  return {
    change: {
      kind: 'import',
      entry: importEntry(file.path, place, language, originalsSubFolder),
      soundId: place.sound?.id,
      parentId,
      name,
    },
    before: place.sound === null ? namesakesBefore.map(({ id }) => id) : null,
    holds: [
      [`${language}\\${originalsSubFolder ?? ''}\\${played.fileName}`.toLowerCase(), file.sha256],
      ...holdsOfSound(soundId, view),
      ...(place.sound === null ? holdsOfChild(parentId, name, view) : []),
    ],
    output: async ({ row, children, log }) => {
      const source = await playingAmong(children, played, originalPathExpression(view.facts));
      if (source === null) return undefined;
      const object = createdRefOf(place.sound?.row ?? row);
      return { objectId: object.id, object, source, files: [source.filePath], log: importLogOf({ log }) };
    },
  };
}

type Hold = readonly [key: string, value: string];

function holdsOfSound(soundId: string | undefined, { nodeId }: FusionView): readonly Hold[] {
  if (soundId === undefined) return [];
  return [
    [sourceKey(soundId), nodeId],
    [memberKey(soundId, 'IsVoice'), 'import'],
  ];
}

function holdsOfChild(parentId: string, name: string, { nodeId }: FusionView): readonly Hold[] {
  return [
    [childKey(parentId, name), nodeId],
    [orderKey(parentId), 'import'],
  ];
}
