/**
 * The commands a server offers beside the workflow tools when nothing narrows or widens them: a day's common work, so that
 * a start costs an agent little. Every command can be a workflow's node whether or not it is listed; `--toolsets all`
 * lists them all.
 */
export const defaultTools: readonly string[] = [
  'audio_import',
  'create_event',
  'create_object',
  'create_sound',
  'delete_object',
  'describe_type',
  'get_object',
  'import_files',
  'move_object',
  'project_info',
  'project_save',
  'query_waql',
  'references_to',
  'rename_object',
  'search',
  'set_objects',
  'set_output_bus',
  'set_property',
  'set_reference',
  'undo',
];
