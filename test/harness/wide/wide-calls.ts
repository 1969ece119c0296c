import { join } from 'node:path';
import type { JsonObject } from '../../../src/core/json.ts';
import { longName, longNotes, names, points, wide } from './wide-project.ts';

export type WideCall = readonly [command: string, input: JsonObject];

export interface WideCalls {
  readonly reads: readonly WideCall[];
  /** In an order in which all of them succeed. */
  readonly changes: readonly WideCall[];
  /** They take away what the others work on. */
  readonly endings: readonly WideCall[];
}

/** The widest calls on the project that `widen` made with as `many`, its audio in `dir`. */
export function wideCalls(dir: string, many: number): WideCalls {
  const few = Math.ceil(many / 2);
  const below = (parent: string, stem: string, count: number) =>
    names(stem, count).map((name) => `${parent}\\${name}`);
  const steps = below(wide.steps, 'Step', many);
  const folder = join(dir, 'audio', 'wide');
  return {
    reads: readsOf(steps),
    changes: [
      ...listChanges(steps, few),
      ...madeWithMany(steps, few),
      ...changesOfMany(steps, folder, few),
      ...workflowChanges(few),
    ],
    endings: [
      ['move_object', { objectIds: below(wide.ground, 'Ground', few).slice(0, 60), parentPath: wide.engine }],
      ['delete_object', { objectIds: below(wide.engine, 'Layer', few).slice(0, 100), confirm: true }],
      ['convert_type', { objectId: wide.steps, type: 'BlendContainer', preview: true }],
      ['remove_unused', { kind: 'gameSyncs', preview: true }],
      ['remove_unused', { kind: 'busses', preview: true }],
      [
        'remove_rtpc',
        {
          objectId: wide.steps,
          property: 'Volume',
          gameParameter: `${wide.parameters}\\${longName('Speed', 0)}`,
        },
      ],
      ['project_save', {}],
      ['project_reload', {}],
      ['workflow_delete', { workflowId: 'wide' }],
      ['memo_forget', { text: 'gravel' }],
    ],
  };
}

function readsOf(steps: readonly string[]): WideCall[] {
  const waql = {
    uri: 'ak.wwise.core.object.get',
    args: { waql: '$ from type Sound' },
    options: { return: ['id', 'name', 'path', 'notes'] },
  };
  return [
    ['project_info', {}],
    ['query_waql', { query: '$ from type Sound', response_format: 'detailed', limit: 500 }],
    [
      'get_object',
      { objectId: wide.steps, maxChildren: 1000, listProperties: true, return: ['notes', '@RTPC'] },
    ],
    ['get_states', { objectId: wide.steps }],
    ['list_rtpcs', { objectId: wide.steps, limit: 500 }],
    ['list_effects', { objectId: wide.steps }],
    ['list_event_actions', { objectId: wide.event, limit: 500 }],
    ['list_event_actions', { limit: 500 }],
    ['list_assignments', { objectId: wide.ground, limit: 500 }],
    ['blend_tracks', { objectId: wide.engine, limit: 500 }],
    ['bus_tree', { limit: 500 }],
    ['get_inclusions', { objectId: wide.bank, limit: 500 }],
    ['get_attenuation_curve', { objectId: wide.attenuation }],
    ['get_music', { objectId: `${wide.home}\\Moods` }],
    ['diff_objects', { source: wide.steps, target: wide.twin }],
    ['effective_output', { objectId: steps[0] ?? '' }],
    ['references_to', { objectId: wide.steps, descendants: true, limit: 500 }],
    ['search', { words: 'gravel', in: 'both', response_format: 'detailed', limit: 500 }],
    ['project_tree', { depth: 20, limit: 500 }],
    ['project_tree', { depth: 20, limit: 500, response_format: 'detailed' }],
    ['project_lint', { limit: 500 }],
    ['find_unused', { kind: 'busses', limit: 500 }],
    ['find_unused', { kind: 'gameSyncs', limit: 500 }],
    ['audio_facts', { objectId: wide.engine, limit: 100 }],
    ['audio_files_report', { show: 'used', limit: 500 }],
    ['audio_peaks', { objectId: `${wide.home}\\Steps\\Step_1`, numPeaks: 1000 }],
    ['voice_coverage', { limit: 500 }],
    ['get_log', { channel: 'general', limit: 500 }],
    ['waapi_read', waql],
    ['waapi_call', waql],
    ['waapi_functions', { limit: 500 }],
    ['waapi_schema', { uri: 'ak.wwise.core.object.set' }],
    ['workflow_node_types', { toolset: 'objects' }],
    ['workflow_node_types', { types: ['createObject', 'setObjects', 'createSound', 'audioImport'] }],
    ['workflow_list', { limit: 100 }],
    ['workflow_runs', { limit: 100 }],
    ['audit_query', { limit: 500 }],
    ['memo_inspect', { limit: 200 }],
    ['health', {}],
  ];
}

/** Lists of one object that grow long. */
function listChanges(steps: readonly string[], few: number): WideCall[] {
  const assignments = names('Ground', few).map((name) => ({ child: name, switch: name }));
  const states = names('Weather', few).map((state) => ({ state, values: { Volume: -3.5, Pitch: 100 } }));
  const curve = { property: 'Volume', gameParameter: 'GameParameter:Speed', points: points(1000, 50) };
  return [
    ['set_rtpc', { objectId: `${wide.home}\\Wind`, ...curve }],
    [
      'set_states',
      { objectId: wide.steps, stateGroups: [wide.states], properties: ['Volume', 'Pitch'], values: states },
    ],
    ...['VolumeDry', 'VolumeWetGame', 'VolumeWetUser'].map(
      (name): WideCall => [
        'set_attenuation_curve',
        { objectId: wide.attenuation, curve: name, points: points(1000, 100) },
      ],
    ),
    ['assign_switch', { objectId: wide.ground, assignments }],
    ['unassign_switch', { objectId: wide.ground, assignments: assignments.slice(0, few / 2) }],
    [
      'set_inclusions',
      { objectId: wide.bank, inclusions: steps.slice(0, few).map((object) => ({ object })) },
    ],
    ['set_notes', { objectId: steps[1] ?? '', notes: longNotes.repeat(10) }],
  ];
}

/** Objects that are made with much in them. */
function madeWithMany(steps: readonly string[], few: number): WideCall[] {
  const inclusions = steps.slice(0, few).map((object) => ({ object }));
  const actions = steps.slice(0, 100).map((targetPath) => ({ type: 'Play', targetPath }));
  const children = names('Leaf', few).map((name) => ({ type: 'Sound', name }));
  const at = { parentPath: wide.home };
  return [
    ['create_soundbank', { name: 'Wide_Made', inclusions }],
    [
      'create_container',
      { ...at, kind: 'random', name: 'Wide_Random', sounds: names('Clap', Math.min(200, few)) },
    ],
    [
      'create_container',
      { ...at, kind: 'sequence', name: 'Wide_Sequence', sounds: names('Clap', Math.min(200, few)) },
    ],
    [
      'set_playlist',
      {
        objectId: `${wide.home}\\Wide_Sequence`,
        items: names('Clap', Math.min(200, few)).map((name) => `${wide.home}\\Wide_Sequence\\${name}`),
      },
    ],
    ['create_state_group', { name: 'Wide_Moods', members: names('Mood', few) }],
    ['create_switch_group', { name: 'Wide_Moods', members: names('Mood', few) }],
    ['create_event', { name: 'Wide_Made', actions }],
    [
      'create_object',
      { ...at, type: 'RandomSequenceContainer', name: 'Wide_Tree', notes: longNotes, children },
    ],
    [
      'create_music_segment',
      { ...at, name: 'Wide_Segment', tracks: names('Track', 100).map((name) => ({ name })) },
    ],
  ];
}

/** One call on many objects or files. */
function changesOfMany(steps: readonly string[], folder: string, few: number): WideCall[] {
  const query = `$ "${wide.steps}" select children`;
  const files = names('Take', few).map((name) => ({ filePath: join(folder, `${name}.wav`) }));
  const objects = steps
    .slice(0, 500)
    .map((objectId) => ({ objectId, notes: longNotes, properties: { Volume: -4, Pitch: 100 } }));
  return [
    ['set_objects', { objects }],
    ['paste_properties', { source: wide.steps, targets: steps.slice(0, 100), only: ['Volume', 'Pitch'] }],
    ['set_many', { query, properties: { Volume: -5, Pitch: 50 }, preview: true }],
    ['set_many', { query, properties: { Volume: -5, Pitch: 50 }, confirm: true }],
    ['rename_by_pattern', { query, find: 'wet', replace: 'dry', preview: true }],
    ['sync_by_path', { source: wide.steps, target: wide.twin, preview: true }],
    ['sync_by_path', { source: wide.steps, target: wide.twin, confirm: true }],
    ['import_files', { parentPath: wide.twin, files }],
    ['import_folder', { folderPath: folder, parentPath: wide.home, preview: true }],
    ['import_folder', { folderPath: folder, parentPath: wide.engine }],
    ['replace_audio_by_name', { folderPath: folder, root: wide.engine, preview: true }],
  ];
}

function workflowChanges(count: number): WideCall[] {
  const nodes = names('Node', count).map((id, nth) => ({
    ...{ id: id.slice(-100), type: 'createSound' },
    data: { name: longName('Made', nth), parentPath: wide.home },
  }));
  const workflow = { workflowId: 'wide', name: 'Wide', nodes, edges: [] };
  return [
    ['workflow_compile', { workflow }],
    ['workflow_run', { workflow, mode: 'preview' }],
    ['workflow_run', { workflow, waitMs: 60_000 }],
    ['workflow_save', { workflow }],
    ['workflow_get', { workflowId: 'wide' }],
  ];
}
