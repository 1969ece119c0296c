import type { FileArgument } from '../src/wwise/files/file-arguments.ts';

/** The inputs of commands that name a file or folder; the calls they lead to are checked once more. */
export const commandFiles: readonly (Pick<FileArgument, 'argument' | 'access'> & {
  readonly command: string;
})[] = [
  { command: 'audio_facts', argument: 'filePath', access: 'read' },
  { command: 'audio_import', argument: 'filePath', access: 'read' },
  { command: 'audio_import', argument: 'originalsSubFolder', access: 'originals' },
  { command: 'check_delivery', argument: 'folder', access: 'read' },
  { command: 'create_music_segment', argument: 'tracks[].filePath', access: 'read' },
  { command: 'import_files', argument: 'files[].filePath', access: 'read' },
  { command: 'import_files', argument: 'originalsSubFolder', access: 'originals' },
  { command: 'import_folder', argument: 'folderPath', access: 'read' },
  { command: 'import_tab_delimited', argument: 'filePath', access: 'read' },
  { command: 'project_lint', argument: 'rulesFile', access: 'read' },
  { command: 'remote_connect', argument: 'host', access: 'read' },
  { command: 'replace_audio_by_name', argument: 'folderPath', access: 'read' },
  { command: 'search_media', argument: 'filters[].value', access: 'read' },
  { command: 'source_control_change', argument: 'files[]', access: 'project' },
  { command: 'source_control_revert', argument: 'files[]', access: 'project' },
  { command: 'source_control_status', argument: 'files[]', access: 'project' },
  { command: 'workflow_draft', argument: 'files[]', access: 'read' },
  { command: 'workflow_draft', argument: 'folderPath', access: 'read' },
];
