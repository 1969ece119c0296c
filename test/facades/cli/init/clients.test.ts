import { describe, expect, it } from 'vitest';
import { parseArgv } from '../../../../src/config/parse-argv.ts';
import { clients, type EntryScope } from '../../../../src/facades/cli/init/clients.ts';

/** The three systems, each with a folder one is in. */
const systems = {
  win32: {
    platform: 'win32',
    env: { APPDATA: 'C:\\Users\\me\\AppData\\Roaming' },
    homeDir: 'C:\\Users\\me',
    cwd: 'D:\\Game',
  },
  darwin: { platform: 'darwin', env: {}, homeDir: '/Users/me', cwd: '/Users/me/Game' },
  linux: { platform: 'linux', env: {}, homeDir: '/home/me', cwd: '/home/me/Game' },
} as const;

type Place = readonly [client: string, scope: EntryScope, win32: string, darwin: string, linux: string];

const roaming = 'C:\\Users\\me\\AppData\\Roaming';
const support = '/Users/me/Library/Application Support';

/** The file of each client and scope, as the documentation of the client gives it. */
const places: readonly Place[] = [
  ['claude-code', 'project', 'D:\\Game\\.mcp.json', '/Users/me/Game/.mcp.json', '/home/me/Game/.mcp.json'],
  ['claude-code', 'user', 'C:\\Users\\me\\.claude.json', '/Users/me/.claude.json', '/home/me/.claude.json'],
  [
    'claude-desktop',
    'user',
    `${roaming}\\Claude\\claude_desktop_config.json`,
    `${support}/Claude/claude_desktop_config.json`,
    '/home/me/.config/Claude/claude_desktop_config.json',
  ],
  [
    'cline',
    'user',
    `${roaming}\\Code\\User\\globalStorage\\saoudrizwan.claude-dev\\settings\\cline_mcp_settings.json`,
    `${support}/Code/User/globalStorage/saoudrizwan.claude-dev/settings/cline_mcp_settings.json`,
    '/home/me/.config/Code/User/globalStorage/saoudrizwan.claude-dev/settings/cline_mcp_settings.json',
  ],
  [
    'codex',
    'user',
    'C:\\Users\\me\\.codex\\config.toml',
    '/Users/me/.codex/config.toml',
    '/home/me/.codex/config.toml',
  ],
  [
    'codex',
    'project',
    'D:\\Game\\.codex\\config.toml',
    '/Users/me/Game/.codex/config.toml',
    '/home/me/Game/.codex/config.toml',
  ],
  [
    'cursor',
    'user',
    'C:\\Users\\me\\.cursor\\mcp.json',
    '/Users/me/.cursor/mcp.json',
    '/home/me/.cursor/mcp.json',
  ],
  [
    'cursor',
    'project',
    'D:\\Game\\.cursor\\mcp.json',
    '/Users/me/Game/.cursor/mcp.json',
    '/home/me/Game/.cursor/mcp.json',
  ],
  [
    'gemini',
    'user',
    'C:\\Users\\me\\.gemini\\settings.json',
    '/Users/me/.gemini/settings.json',
    '/home/me/.gemini/settings.json',
  ],
  [
    'gemini',
    'project',
    'D:\\Game\\.gemini\\settings.json',
    '/Users/me/Game/.gemini/settings.json',
    '/home/me/Game/.gemini/settings.json',
  ],
  [
    'vscode',
    'user',
    `${roaming}\\Code\\User\\mcp.json`,
    `${support}/Code/User/mcp.json`,
    '/home/me/.config/Code/User/mcp.json',
  ],
  [
    'vscode',
    'project',
    'D:\\Game\\.vscode\\mcp.json',
    '/Users/me/Game/.vscode/mcp.json',
    '/home/me/Game/.vscode/mcp.json',
  ],
  [
    'windsurf',
    'user',
    'C:\\Users\\me\\.codeium\\windsurf\\mcp_config.json',
    '/Users/me/.codeium/windsurf/mcp_config.json',
    '/home/me/.codeium/windsurf/mcp_config.json',
  ],
];

const placesOf = (name: string, scope: EntryScope, system: keyof typeof systems, env = {}) => {
  const around = systems[system];
  return (
    clients
      .find((client) => client.name === name)
      ?.places(scope, { ...around, env: { ...around.env, ...env } }) ?? []
  );
};

describe('the settings of a client', () => {
  it.each(places)('lie where %s keeps them for a %s', (name, scope, win32, darwin, linux) => {
    expect(placesOf(name, scope, 'win32')[0]).toBe(win32);
    expect(placesOf(name, scope, 'darwin')[0]).toBe(darwin);
    expect(placesOf(name, scope, 'linux')[0]).toBe(linux);
  });

  it('are listed above for every client and every scope it has', () => {
    const all = clients.flatMap(({ name, scopes }) => scopes.map((scope) => `${name} ${scope}`));
    expect(places.map(([name, scope]) => `${name} ${scope}`).sort()).toEqual(all.sort());
  });

  it('follow the variables by which their users move them', () => {
    expect(placesOf('codex', 'user', 'linux', { CODEX_HOME: '/srv/codex' })).toEqual([
      '/srv/codex/config.toml',
    ]);
    expect(placesOf('cline', 'user', 'linux', { CLINE_MCP_SETTINGS_PATH: '/srv/cline.json' })).toEqual([
      '/srv/cline.json',
    ]);
    expect(placesOf('claude-desktop', 'user', 'linux', { XDG_CONFIG_HOME: '/srv/config' })).toEqual([
      '/srv/config/Claude/claude_desktop_config.json',
    ]);
  });

  it('have a second place where versions of a client differ', () => {
    expect(placesOf('cline', 'user', 'darwin')[1]).toBe(
      '/Users/me/.cline/data/settings/cline_mcp_settings.json',
    );
  });

  it('are those of the clients that the help names, in its order', () => {
    const { subcommand } = parseArgv(['init', '--help'], '0.0.0');
    const help = subcommand.kind === 'print' ? subcommand.text.replace(/\s+/g, ' ') : '';
    const names = clients.map(({ name }) => name);
    expect(help).toContain(`${names.slice(0, -1).join(', ')} or ${names.at(-1)}`);
  });
});
