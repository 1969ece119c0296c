/** A group of commands, or of the tools of workflows. */
export interface ToolsetFacts {
  /** What it is for, as one would say it to somebody who looks for a command. */
  readonly purpose: string;
  /**
   * Which of its tools a server offers when nothing narrows or widens them: a day's common work, so that a start costs an
   * agent little. Every command can be a node of a workflow whether or not it is offered.
   */
  readonly byDefault: readonly string[];
}

/** Every toolset by name: `--toolsets default,events` adds one to what is offered by default. */
export const toolsets: Readonly<Record<string, ToolsetFacts>> = {
  attenuations: { purpose: 'Attenuation ShareSets and their curves over distance.', byDefault: [] },
  audio: {
    purpose: 'Import and replace audio files; facts, peaks and reports on them; which languages lack voices.',
    byDefault: ['import_audio'],
  },
  batch: {
    purpose: 'One change to many objects: rename by pattern, set values, find and remove what nothing uses.',
    byDefault: [],
  },
  console: { purpose: 'Run WwiseConsole where it is installed.', byDefault: [] },
  containers: {
    purpose: 'Random, Sequence, Switch and Blend Containers: playlists, assignments, tracks.',
    byDefault: ['switch_assignments'],
  },
  drafting: {
    purpose: 'A complete workflow of a filled-in form, to import files by their names.',
    byDefault: [],
  },
  effects: { purpose: 'Effects on objects and busses, and their parameters.', byDefault: ['edit_effects'] },
  events: { purpose: 'Events and their Actions.', byDefault: ['edit_event'] },
  gamesyncs: {
    purpose: 'Game Parameters with RTPC curves, Switch Groups, State Groups and values per State.',
    byDefault: ['edit_curve'],
  },
  log: { purpose: 'The logs of Wwise.', byDefault: [] },
  mediapool: { purpose: 'Search the audio files of the Media Pool.', byDefault: [] },
  music: {
    purpose: 'Music Segments, playlists, Music Switch Containers, transitions and Stingers.',
    byDefault: [],
  },
  objects: {
    purpose: 'Create, read, change, move, copy and delete objects of any type.',
    byDefault: [
      'copy_or_move',
      'create_object',
      'delete_object',
      'describe_type',
      'get_object',
      'paste_properties',
      'set_objects',
      'set_value',
    ],
  },
  profiler: { purpose: 'Capture and read what the Profiler sees of a connected game.', byDefault: [] },
  project: {
    purpose: 'The open project: facts, save, reload from disk, unsaved edits of earlier sessions.',
    byDefault: ['project_info', 'project_save'],
  },
  query: {
    purpose: 'Find objects by WAQL or words, see the project as a tree, what refers to what, what is wrong.',
    byDefault: ['find_things', 'project_tree', 'references_to'],
  },
  remote: { purpose: 'Connect Wwise to a running game.', byDefault: [] },
  routing: {
    purpose: 'Busses, output, auxiliary sends and where a sound really goes.',
    byDefault: [],
  },
  soundbanks: { purpose: 'SoundBanks: what is in them, generate them, check a delivery.', byDefault: [] },
  soundengine: {
    purpose: 'Post Events and set States, Switches and RTPC values in the sound engine.',
    byDefault: [],
  },
  sourcecontrol: { purpose: "The project's files in source control: state, change, revert.", byDefault: [] },
  transport: { purpose: 'Play objects in Wwise and stop them.', byDefault: [] },
  ui: {
    purpose: 'What is selected in the window of Wwise; select objects, bring it to the front.',
    byDefault: ['selection'],
  },
  undo: { purpose: 'The undo history of Wwise.', byDefault: ['undo'] },
  waapi: {
    purpose: 'Any WAAPI function by its URI, topics, and their schemas, where no command does it.',
    byDefault: [],
  },
  workflow: {
    purpose:
      'Several steps as one: compile, preview, run, follow, resume, roll back; library, memo and audit.',
    byDefault: [
      'workflow_answer',
      'workflow_compile',
      'workflow_node_types',
      'workflow_resume',
      'workflow_rollback',
      'workflow_run',
      'workflow_status',
    ],
  },
};
