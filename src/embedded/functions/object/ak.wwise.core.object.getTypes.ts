import type { ProjectModel, TypeFacts } from '../../model/model.ts';
import { deviceNames } from '../../model/structure/owned-object.ts';
import { codecPlugins } from '../../model/writing/write-conversion-plugin.ts';
import { defineFunction } from '../define-function.ts';

/**
 * The types that an installed Wwise of the project's version lists, by class id, as recorded of 2021.1 to 2025.1. Plug-ins
 * that are installed separately are listed where an object of the project is of one.
 */
export const objectGetTypes = defineFunction({
  uri: 'ak.wwise.core.object.getTypes',
  run(_args, _options, { project }) {
    const { model } = project;
    const { schema } = model.version;
    const used = usedPlugins(model);
    const known = model.allFacts().filter(({ classId }) => !separate.has(classId) || used.has(classId));
    return {
      return: [...known.map(rowOf), ...undescribed]
        .filter(({ name }) => schema >= (firstSchemas.get(name) ?? 0))
        .filter(({ name }) => schema < (endSchemas.get(name) ?? Number.POSITIVE_INFINITY))
        .map((row) => formerRow(row, schema))
        .toSorted((a, b) => a.classId - b.classId),
    };
  },
});

type TypeRow = {
  readonly classId: number;
  readonly name: string;
  readonly type: string;
};

/** Schemas with which 2021.1, 2022.1, 2023.1 and 2025.1 begin. */
const [schema2021, schema2022, schema2023, schema2025] = [103, 110, 119, 131];

const firstSchemas = new Map([
  ...since(schema2021, 'Metadata', 'Wwise System Output Settings'),
  ...since(schema2022, 'SourcePlugin', 'Remote System', 'Wwise 3D Audio Bed Mixer'),
  ...since(schema2023, 'MidiFileSource', 'EffectSlot'),
  ...since(
    schema2025,
    ...['StateGroupInfo', 'SidechainMix', 'Ak Sidechain Send', 'Ak Sidechain Receive', 'Ak Sidechain Source'],
    ...['MediaPoolQuery', 'MediaPoolFilter', 'MediaPoolDatabase', 'MediaPoolDatabasePath'],
    ...['PlaylistSlot', 'EntryPathSlot', 'ArgumentsSlot', 'MusicArgumentsSlot', 'MetadataSlot'],
    ...['Wwise Multiband Meter', 'Wwise Recorder (ADM)', 'AK Custom Panner'],
  ),
]);

function since(schema: number, ...names: readonly string[]): readonly (readonly [string, number])[] {
  return names.map((name) => [name, schema]);
}

const endSchemas = new Map([['AAC', schema2022]]);

/** As they were listed before the schema that is named. */
const formerRows: ReadonlyMap<string, readonly [before: number, row: Partial<TypeRow>]> = new Map([
  ['PropertyContainer', [schema2025, { name: 'ActorMixer' }]],
  ['Motion Source', [schema2025, { name: 'Wwise Motion Source' }]],
  ['Marker', [schema2023, { classId: 65_077_248, type: 'Inner' }]],
  ['MultiSwitchEntry', [schema2023, { classId: 655_360_016 }]],
  ['AudioFileSource', [schema2022, { name: 'AudioSource' }]],
  ['RTPC', [schema2022, { name: 'ParamControl' }]],
  ['Path2D', [schema2022, { name: 'Path' }]],
]);

function formerRow(row: TypeRow, schema: number): TypeRow {
  const [before, former] = formerRows.get(row.name) ?? [0, {}];
  return schema < before ? { ...row, ...former } : row;
}

function rowOf({ classId, name, kind }: TypeFacts): TypeRow {
  // Slots and the like belong to Wwise's own plug-in: company 0, plug-in type 0. Other object types have company 1.
  const ofObject = (classId & 0xffff) === 0 ? 'Inner' : 'WObject';
  return { classId, name, type: typeOfKind[kind] ?? ofObject };
}

const typeOfKind: Readonly<Record<string, string>> = {
  effectPlugin: 'Effect',
  sourcePlugin: 'Source',
  metadataPlugin: 'Metadata',
};

/** Class ids of the documented plug-ins that a plain installation has not: each of them needs a licence or a choice of its own. */
const separate: ReadonlySet<number> = new Set([
  ...[119, 120, 183, 184, 409].map((pluginId) => (pluginId << 16) | 2),
  ...[127, 171, 186, 208].map((pluginId) => (pluginId << 16) | 3),
]);

function usedPlugins(model: ProjectModel): ReadonlySet<number> {
  const used = new Set<number>();
  for (const type of ['Effect', 'SourcePlugin'])
    for (const object of model.ofType(type)) used.add(model.classId(object));
  return used;
}

/** Rows that the object reference does not describe. */
const undescribed: readonly TypeRow[] = [
  ...codecPlugins.map(({ name, pluginId }) => ({ classId: (pluginId << 16) | 1, name, type: 'Conversion' })),
  { classId: (10 << 16) | 1, name: 'AAC', type: 'Conversion' },
  ...Object.entries(deviceNames)
    .filter(([, name]) => name !== 'Motion')
    .map(([classId, name]) => ({ classId: Number(classId), name, type: 'AudioDevice' })),
  { classId: (100 << 16) | 2, name: 'Wwise Sine', type: 'Source' },
  { classId: (195 << 16) | 2, name: 'Ak Sidechain Source', type: 'Source' },
  { classId: (200 << 16) | 2, name: 'Wwise Audio Input', type: 'Source' },
  { classId: 992 << 16, name: 'BatchRenameSettings', type: 'Inner' },
];
