/**
 * The tools a server offers when nothing narrows or widens them: a day's common work, so that a start costs an agent
 * little. Every command can be a workflow's node whether or not it is listed; `--toolsets default,events` adds to them,
 * `--toolsets all` lists everything.
 */
export const defaultTools: readonly string[] = [
  'audio_import',
  'create_event',
  'create_object',
  'create_sound',
  'delete_object',
  'describe_type',
  'get_object',
  'move_object',
  'project_info',
  'project_save',
  'project_tree',
  'query_waql',
  'search',
  'set_objects',
  'set_output_bus',
  'set_property',
  'undo',
  'waapi_call',
  'workflow_apply',
  'workflow_compile',
  'workflow_node_types',
  'workflow_resume',
  'workflow_rollback',
  'workflow_run',
  'workflow_status',
];
