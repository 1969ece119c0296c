import { posix, win32 } from 'node:path';

/** Where the settings of a client lie on this machine depends on these. */
export interface ClientSurroundings {
  /** As node names it: `win32`, `darwin`, `linux`... */
  readonly platform: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homeDir: string;
  /** The folder that a client's own settings of a project lie in. */
  readonly cwd: string;
}

/** For whom an entry is: everything the client does on this machine, or the folder one is in. */
export type EntryScope = 'user' | 'project';

/** A client of MCP, and how it is given a server. */
export interface ClientFacts {
  /** As `init` takes it. */
  readonly name: string;
  readonly title: string;
  readonly format: 'json' | 'toml';
  /** The table of servers in its file. */
  readonly table: 'mcpServers' | 'servers' | 'mcp_servers';
  /** Members of an entry beside command and args. */
  readonly extra?: Readonly<Record<string, string>>;
  /** The usual scope comes first. */
  readonly scopes: readonly [EntryScope, ...EntryScope[]];
  /** Its file in that scope; several where versions of it differ: then the first whose folder is there, else the first. */
  readonly places: (scope: EntryScope, around: ClientSurroundings) => readonly [string, ...string[]];
  /** What to do once the entry is written. */
  readonly next: string;
}

/** Every client that `init` knows, by name. The places are those their own documentation gives. */
export const clients: readonly ClientFacts[] = [
  {
    name: 'claude-code',
    title: 'Claude Code',
    format: 'json',
    table: 'mcpServers',
    scopes: ['project', 'user'],
    places: (scope, around) => [
      scope === 'project' ? at(around, around.cwd, '.mcp.json') : at(around, around.homeDir, '.claude.json'),
    ],
    next: 'Start Claude Code in this folder (it asks once whether it may use the server).',
  },
  {
    name: 'claude-desktop',
    title: 'Claude Desktop',
    format: 'json',
    table: 'mcpServers',
    scopes: ['user'],
    places: (_, around) => [at(around, appData(around), 'Claude', 'claude_desktop_config.json')],
    next: 'Quit Claude Desktop (not only its window) and start it again.',
  },
  {
    name: 'cline',
    title: 'Cline',
    format: 'json',
    table: 'mcpServers',
    scopes: ['user'],
    places: (_, around) => {
      const { CLINE_MCP_SETTINGS_PATH: chosen } = around.env;
      if (chosen !== undefined && chosen !== '') return [chosen];
      const extension = 'saoudrizwan.claude-dev';
      return [
        at(around, codeUser(around), 'globalStorage', extension, 'settings', 'cline_mcp_settings.json'),
        at(around, around.homeDir, '.cline', 'data', 'settings', 'cline_mcp_settings.json'),
      ];
    },
    next: 'Cline sees it at once: look under MCP Servers.',
  },
  {
    name: 'codex',
    title: 'Codex',
    format: 'toml',
    table: 'mcp_servers',
    scopes: ['user', 'project'],
    places: (scope, around) => {
      const { CODEX_HOME: home } = around.env;
      const user = home === undefined || home === '' ? at(around, around.homeDir, '.codex') : home;
      return [at(around, scope === 'project' ? at(around, around.cwd, '.codex') : user, 'config.toml')];
    },
    next: 'Start Codex again; /mcp lists the server.',
  },
  {
    name: 'cursor',
    title: 'Cursor',
    format: 'json',
    table: 'mcpServers',
    scopes: ['user', 'project'],
    places: hereOrAtHome('.cursor', 'mcp.json'),
    next: 'Cursor sees it at once: switch it on in its settings under MCP.',
  },
  {
    name: 'gemini',
    title: 'Gemini CLI',
    format: 'json',
    table: 'mcpServers',
    scopes: ['user', 'project'],
    places: hereOrAtHome('.gemini', 'settings.json'),
    next: 'Start Gemini CLI again; /mcp lists the server.',
  },
  {
    name: 'vscode',
    title: 'VS Code',
    format: 'json',
    table: 'servers',
    extra: { type: 'stdio' },
    scopes: ['user', 'project'],
    places: (scope, around) => [
      scope === 'project'
        ? at(around, around.cwd, '.vscode', 'mcp.json')
        : at(around, codeUser(around), 'mcp.json'),
    ],
    next: 'In VS Code open the chat in agent mode; "MCP: List Servers" starts the server.',
  },
  {
    name: 'windsurf',
    title: 'Windsurf',
    format: 'json',
    table: 'mcpServers',
    scopes: ['user'],
    places: (_, around) => [at(around, around.homeDir, '.codeium', 'windsurf', 'mcp_config.json')],
    next: 'In Windsurf refresh the list of MCP servers.',
  },
];

/** The same file below the folder of the project and below that of the user. */
function hereOrAtHome(folder: string, file: string): ClientFacts['places'] {
  return (scope, around) => [at(around, scope === 'project' ? around.cwd : around.homeDir, folder, file)];
}

/** Joins as that platform does, wherever this runs. */
function at({ platform }: ClientSurroundings, ...parts: readonly string[]): string {
  return (platform === 'win32' ? win32 : posix).join(...parts);
}

/** Where programs keep the settings of a user. */
function appData(around: ClientSurroundings): string {
  const { platform, env, homeDir } = around;
  if (platform === 'win32') return env.APPDATA || at(around, homeDir, 'AppData', 'Roaming');
  if (platform === 'darwin') return at(around, homeDir, 'Library', 'Application Support');
  return env.XDG_CONFIG_HOME || at(around, homeDir, '.config');
}

function codeUser(around: ClientSurroundings): string {
  return at(around, appData(around), 'Code', 'User');
}
