import type { InputFile } from '../../../core/files/input-files.ts';
import { asString } from '../../../core/json.ts';
import { memberKey, sourceKey } from '../../batching/changes/claimed-keys.ts';
import { type Batch, type BatchView, importingCalls, type Piece } from '../../batching/description/batch.ts';
import { childKey, orderKey } from '../../batching/description/child-batch.ts';
import { tidyDesignator } from '../../objects/finding/object-designator.ts';
import { createdRefOf } from '../../objects/rows/object-row.ts';
import { conversionOf, namesOtherAudio } from '../converting/convertible-audio.ts';
import { checkWave } from '../levels/readable-wave.ts';
import { sourceReturns } from '../originals/source-playing.ts';
import { type SoundTarget, soundName, targetOfSound } from './sound-target.ts';
import { type Imported, type ImportInput, importedAs, wantedImport } from './wanted-import.ts';

/** Batches imports of single files: many are one call of audio.import. Existing Sounds are updated; the other operations go alone. */
export function importBatch(): Batch<ImportInput, Imported> {
  return {
    calls: importingCalls,
    // What has to be converted goes alone: the copy is there as long as its import.
    accepts: ({ importOperation, filePath }) =>
      (importOperation === undefined || importOperation === 'useExisting') &&
      !namesOtherAudio(asString(filePath) ?? ''),
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
    sameObject: { input: 'objectId', outputs: ['object.id', 'objectId'] },
    checkFile: checkWave,
    prepare: (input, view) => {
      const file = view.file(input.filePath);
      const named = view.find(input.objectId ?? input.parentPath ?? '');
      if (named === undefined || file === undefined || conversionOf(file.path) !== undefined)
        return undefined;
      const target =
        input.objectId === undefined
          ? { parentId: named.id, name: soundName(input.name, input.filePath), sound: null, isVoice: false }
          : targetOfSound(named);
      return importPiece(file, target, input, view);
    },
  };
}

function importPiece(
  file: InputFile,
  target: SoundTarget,
  input: ImportInput,
  view: BatchView,
): Piece<Imported> {
  const { parentId, name, sound } = target;
  if (sound !== null && sound.type !== 'Sound') throw new Error('It is not a Sound.');
  const wanted = wantedImport(file, target, input, view.facts);
  const { language, fileName, sha256 } = wanted.played;
  const namesakesBefore = sound === null ? view.namesakes(parentId, name) : [];
  const existing = namesakesBefore.find((other) => other.name.toLowerCase() === name.toLowerCase());
  return {
    change: { kind: 'import', entry: wanted.entry, soundId: sound?.id, parentId, name },
    before: sound === null ? namesakesBefore.map(({ id }) => id) : null,
    holds: [
      [`${language}\\${input.originalsSubFolder ?? ''}\\${fileName}`.toLowerCase(), sha256],
      ...holdsOfSound(sound?.id ?? existing?.id, view),
      ...(sound === null ? holdsOfChild(parentId, name, view) : []),
    ],
    output: ({ row, children, log }) =>
      importedAs(wanted, createdRefOf(sound?.row ?? row), children, { log }, view.facts),
  };
}

type Hold = readonly [key: string, value: string];

function holdsOfSound(soundId: string | undefined, { nodeId }: BatchView): readonly Hold[] {
  if (soundId === undefined) return [];
  return [
    [sourceKey(soundId), nodeId],
    [memberKey(soundId, 'IsVoice'), 'import'],
  ];
}

function holdsOfChild(parentId: string, name: string, { nodeId }: BatchView): readonly Hold[] {
  return [
    [childKey(parentId, name), nodeId],
    [orderKey(parentId), 'import'],
  ];
}
