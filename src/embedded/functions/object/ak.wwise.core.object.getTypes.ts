import type { TypeFacts } from '../../model/model.ts';
import { deviceNames } from '../../model/structure/owned-object.ts';
import { codecPlugins } from '../../model/writing/write-conversion-plugin.ts';
import { defineFunction } from '../define-function.ts';

/**
 * All object types and plug-ins of the project's version, by class id; what only lists of plug-ins hold is no type to a client
 * of Wwise.
 */
export const objectGetTypes = defineFunction({
  uri: 'ak.wwise.core.object.getTypes',
  run(_args, _options, { project }) {
    const { schema } = project.model.version;
    const rows = [...project.model.allFacts().filter(isListed).map(rowOf), ...unlistedPlugins];
    return {
      return: rows
        .filter(({ name }) => schema >= (firstSchemas.get(name) ?? 0))
        .map((row) => (schema >= schema2025 ? row : { ...row, name: formerNames.get(row.name) ?? row.name }))
        .toSorted((a, b) => a.classId - b.classId),
    };
  },
});

/** Schemas of 2021.1, 2023.1 and 2025.1, in which types came that the class tables of older project files have not (measured). */
const [schema2021, schema2023, schema2025] = [103, 119, 131];

const firstSchemas = new Map([
  ['Metadata', schema2021],
  ['Wwise System Output Settings', schema2021],
  ...['MidiFileSource', 'Marker', 'MultiSwitchEntry', 'EffectSlot'].map(
    (name) => [name, schema2023] as const,
  ),
  ...[
    'StateGroupInfo',
    'SidechainMix',
    'MediaPoolQuery',
    'MediaPoolFilter',
    'MediaPoolDatabase',
    'Remote System',
    'Ak Sidechain Send',
    'Ak Sidechain Receive',
    'Wwise Multiband Meter',
    'Wwise Recorder (ADM)',
    'AK Custom Panner',
  ].map((name) => [name, schema2025] as const),
]);

/** What was called otherwise up to 2024.1 (measured). */
const formerNames = new Map([
  ['PropertyContainer', 'ActorMixer'],
  ['Motion Source', 'Wwise Motion Source'],
  ['Motion', 'Wwise Motion'],
]);

type TypeRow = { readonly classId: number; readonly name: string; readonly type: string };

function rowOf({ classId, name, kind }: TypeFacts): TypeRow {
  return { classId, name, type: typeOfKind[kind] ?? 'WObject' };
}

const typeOfKind: Readonly<Record<string, string>> = {
  effectPlugin: 'Effect',
  sourcePlugin: 'SourcePlugin',
  metadataPlugin: 'Metadata',
};

/**
 * Slots and the like are inner objects of Wwise's own plug-in (company 0, plug-in type 0), which files write as
 * PluginInnerObject; every other object type has company 1.
 */
function isListed({ classId, kind }: TypeFacts): boolean {
  return kind !== 'object' || (classId & 0xffff) !== 0;
}

/** Plug-in types, the lowest four bits of a class id. */
const codecType = 1;
const sourceType = 2;

/** Plug-ins of the class tables in project files that the object reference does not describe. */
const unlistedPlugins: readonly TypeRow[] = [
  ...codecPlugins.map(({ name, pluginId }) => ({
    classId: (pluginId << 16) | codecType,
    name,
    type: 'Conversion',
  })),
  ...Object.entries(deviceNames).map(([classId, name]) => ({
    classId: Number(classId),
    name,
    type: 'AudioDevice',
  })),
  { classId: (100 << 16) | sourceType, name: 'Wwise Sine', type: 'SourcePlugin' },
  { classId: (200 << 16) | sourceType, name: 'Wwise Audio Input', type: 'SourcePlugin' },
];
