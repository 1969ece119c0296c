import { childKey, orderKey } from '../../bus/fusion/child-fusion.ts';
import { memberKey, sourceKey } from '../../bus/fusion/claimed-keys.ts';
import type { Fusion, FusionView, Piece } from '../../bus/fusion/fusion.ts';
import { asString } from '../../core/json.ts';
import type { InputFile } from '../files/input-file.ts';
import { tidyDesignator } from '../objects/object-designator.ts';
import { createdRefOf } from '../objects/object-row.ts';
import { type ImportPlace, placeOfSound, soundName } from './import-place.ts';
import { checkWave } from './readable-wave.ts';
import { sourceReturns } from './source-playing.ts';
import { type Imported, type ImportInput, importedAs, wantedImport } from './wanted-import.ts';

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
    sameObject: { input: 'objectId', outputs: ['object.id', 'objectId'] },
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

function importPiece(
  file: InputFile,
  place: ImportPlace,
  input: ImportInput,
  view: FusionView,
): Piece<Imported> {
  const { parentId, name, sound } = place;
  if (sound !== null && sound.type !== 'Sound') throw new Error('It is not a Sound.');
  const wanted = wantedImport(file, place, input, view.facts);
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
