import type { PathAccess } from '../../core/files/checked-path.ts';

/** Where a WAAPI function takes the path of a file or folder. */
export interface FileArgument {
  readonly uri: string;
  /** Members separated by dots; `[]`: of each item; `**`: at any depth; `*`: every member. */
  readonly argument: string;
  /** As `checkedPath` says; `originals`: a name below the Originals folder, which must not lead out of it. */
  readonly access: PathAccess | 'originals';
  /** What a relative path counts from, where it is not the directory the program was started in. */
  readonly countedFrom?: 'project' | 'originals';
  /** The file names further files, which are checked too. */
  readonly names?: 'import rows' | 'external sources';
  /** Only these values are paths. */
  readonly when?:
    | 'looks like a file path'
    | 'names a capture'
    | 'asks for similar audio'
    | 'sets a path property';
  /** An existing file may be named: it is opened, or it is a folder. Others that are written must be new. */
  readonly mayExist?: boolean;
  /** A link is refused: its place would be changed, not what it leads to, which is the path that is sent. */
  readonly noLink?: boolean;
  /** A folder is refused: nobody named what is in it. */
  readonly noFolder?: boolean;
  /** Sent as it was given: a name in a setting, or below a folder. Others are sent as the path that was checked. */
  readonly asGiven?: boolean;
}

/**
 * Every argument of every documented WAAPI function that names a file or folder, by the functions' schemas (WAAPI reference
 * 2025.1). A test holds it complete.
 */
export const fileArguments: readonly FileArgument[] = [
  // What is opened is written to by every later save.
  ...['console', 'ui'].flatMap((group): FileArgument[] => [
    { uri: `ak.wwise.${group}.project.create`, argument: 'path', access: 'write' },
    { uri: `ak.wwise.${group}.project.open`, argument: 'path', access: 'write', mayExist: true },
  ]),
  ...['default', 'imports[]'].flatMap((owner): FileArgument[] => [
    { uri: 'ak.wwise.core.audio.import', argument: `${owner}.audioFile`, access: 'read' },
    { uri: 'ak.wwise.core.audio.import', argument: `${owner}.audioFileBase64`, access: 'originals' },
    { uri: 'ak.wwise.core.audio.import', argument: `${owner}.originalsSubFolder`, access: 'originals' },
  ]),
  {
    uri: 'ak.wwise.core.audio.importTabDelimited',
    argument: 'importFile',
    access: 'read',
    names: 'import rows',
  },
  { uri: 'ak.wwise.core.executeLuaScript', argument: 'luaScript', access: 'read' },
  { uri: 'ak.wwise.core.executeLuaScript', argument: 'luaPaths[]', access: 'read' },
  { uri: 'ak.wwise.core.executeLuaScript', argument: 'doFiles[]', access: 'read' },
  {
    uri: 'ak.wwise.core.mediaPool.get',
    argument: 'filters[].value',
    access: 'read',
    when: 'asks for similar audio',
  },
  // Sources to import are members of objects at any depth.
  { uri: 'ak.wwise.core.object.set', argument: '**.audioFile', access: 'read' },
  { uri: 'ak.wwise.core.object.set', argument: '**.audioFileBase64', access: 'originals' },
  { uri: 'ak.wwise.core.object.set', argument: '**.originalsSubFolder', access: 'originals' },
  { uri: 'ak.wwise.core.profiler.saveCapture', argument: 'file', access: 'write' },
  { uri: 'ak.wwise.core.remote.connect', argument: 'host', access: 'read', when: 'names a capture' },
  {
    uri: 'ak.wwise.core.soundbank.convertExternalSources',
    argument: 'sources[].input',
    access: 'read',
    countedFrom: 'project',
    names: 'external sources',
  },
  {
    uri: 'ak.wwise.core.soundbank.convertExternalSources',
    argument: 'sources[].output',
    access: 'write',
    countedFrom: 'project',
    mayExist: true,
  },
  {
    uri: 'ak.wwise.core.soundbank.processDefinitionFiles',
    argument: 'files[]',
    access: 'read',
    countedFrom: 'project',
  },
  ...['add', 'checkOut', 'commit', 'delete', 'getStatus', 'move', 'revert'].map(
    (verb): FileArgument => ({
      uri: `ak.wwise.core.sourceControl.${verb}`,
      argument: 'files[]',
      access: 'project',
      countedFrom: 'originals',
      ...(['checkOut', 'getStatus'].includes(verb) ? {} : { noLink: true }),
      ...(['add', 'commit'].includes(verb) ? { noFolder: true } : {}),
    }),
  ),
  {
    uri: 'ak.wwise.core.sourceControl.move',
    argument: 'newFiles[]',
    access: 'project',
    countedFrom: 'originals',
  },
  {
    uri: 'ak.wwise.core.sourceControl.getSourceFiles',
    argument: 'folder',
    access: 'project',
    countedFrom: 'originals',
    asGiven: true,
  },
  { uri: 'ak.wwise.debug.generateToneWAV', argument: 'path', access: 'write' },
  { uri: 'ak.wwise.ui.commands.execute', argument: 'files[]', access: 'read' },
  { uri: 'ak.wwise.ui.commands.execute', argument: 'value', access: 'read', when: 'looks like a file path' },
  {
    uri: 'ak.wwise.ui.commands.register',
    argument: 'commands[].program',
    access: 'read',
    when: 'looks like a file path',
  },
  { uri: 'ak.wwise.ui.commands.register', argument: 'commands[].cwd', access: 'read' },
  { uri: 'ak.wwise.ui.commands.register', argument: 'commands[].luaScript', access: 'read' },
  { uri: 'ak.wwise.ui.commands.register', argument: 'commands[].luaPaths[]', access: 'read' },
  {
    uri: 'ak.wwise.core.object.setProperty',
    argument: 'value',
    access: 'write',
    countedFrom: 'project',
    when: 'sets a path property',
    mayExist: true,
    asGiven: true,
  },
  ...['object.set', 'object.create', 'audio.import'].map(
    (name): FileArgument => ({
      uri: `ak.wwise.core.${name}`,
      argument: '**.*',
      access: 'write',
      countedFrom: 'project',
      when: 'sets a path property',
      mayExist: true,
      asGiven: true,
    }),
  ),
];

/** Properties of the project that say where Wwise reads and writes files when SoundBanks are generated. */
export const pathProperties: ReadonlySet<string> = new Set([
  'ExternalSourcesInputPath',
  'ExternalSourcesOutputPath',
  'SoundBankHeaderFilePath',
  'SoundBankPaths',
]);
