import { type ClientFacts, type ClientSurroundings, clients } from '../../../src/facades/cli/init/clients.ts';
import { jsonSettings } from '../../../src/facades/cli/init/json-settings.ts';
import { tomlSettings } from '../../../src/facades/cli/init/toml-settings.ts';

/** A guide per client, by file name, made from the table that `wwiseflow init` works by. */
export function generateClientPages(): Map<string, string> {
  const pages = clients.map((client) => [`docs/clients/${client.name}.md`, pageOf(client)] as const);
  return new Map([['docs/clients/README.md', indexPage()], ...pages]);
}

/** Links with which a client installs the server by itself. */
export function installLinks(): string {
  const config = { command: entry.command, args: [...entry.args] };
  const forCode = encodeURIComponent(JSON.stringify({ ...config, type: 'stdio' }));
  const forCursor = encodeURIComponent(Buffer.from(JSON.stringify(config)).toString('base64'));
  return [
    `[Install in VS Code](https://insiders.vscode.dev/redirect/mcp/install?name=wwiseflow&config=${forCode})`,
    `[Install in Cursor](https://cursor.com/en/install-mcp?name=wwiseflow&config=${forCursor})`,
  ].join(' · ');
}

/** For a running Wwise: the one entry that is right on every machine. */
const entry = { command: 'npx', args: ['-y', 'wwiseflow', 'mcp'] };

const systems: readonly (readonly [name: string, around: ClientSurroundings])[] = [
  ['Windows', { platform: 'win32', env: { APPDATA: '%APPDATA%' }, homeDir: '%USERPROFILE%', cwd: '.' }],
  ['macOS', { platform: 'darwin', env: {}, homeDir: '~', cwd: '.' }],
  ['Linux', { platform: 'linux', env: {}, homeDir: '~', cwd: '.' }],
];

function pageOf(client: ClientFacts): string {
  const { name, title, scopes } = client;
  const [usual, other] = scopes;
  return lines(
    `# ${title}`,
    '',
    'In the folder of your Wwise project:',
    '',
    '```',
    `npx -y wwiseflow init ${name}`,
    '```',
    '',
    `finds the project (or the Wwise that is running), adds the entry to the settings of ${title}, keeps a copy of what was there and looks at what the server will find. ${client.next}`,
    '',
    '| to | write |',
    '|---|---|',
    `| choose the project | \`npx -y wwiseflow init ${name} --project Game/Game.wproj\` |`,
    `| work with a running Wwise | \`npx -y wwiseflow init ${name} --wwise ws://127.0.0.1:8080/waapi\` |`,
    `| import audio from another folder | \`npx -y wwiseflow init ${name} --allow-dir Wavs\` |`,
    `| let it look only | \`npx -y wwiseflow init ${name} --profile reader\` |`,
    ...(other === undefined
      ? []
      : [
          `| ${usual === 'user' ? 'have it in this folder only' : 'have it everywhere'} | \`npx -y wwiseflow init ${name} --scope ${other}\` |`,
        ]),
    `| see the entry first | \`npx -y wwiseflow init ${name} --print\` |`,
    `| remove it | \`npx -y wwiseflow init ${name} --remove\` |`,
    '',
    'Every [option](../options.md) that is given is written into the entry.',
    '',
    '## By hand',
    '',
    '| system | file |',
    '|---|---|',
    ...scopes.flatMap((scope) =>
      systems.map(
        ([system, around]) =>
          `| ${system}${scopes.length > 1 ? `, for ${scope === 'user' ? 'all you do' : 'this folder'}` : ''} | ${client
            .places(scope, around)
            .map((place) => `\`${place}\``)
            .join(' or ')} |`,
      ),
    ),
    '',
    `\`\`\`${client.format}`,
    textOf(client),
    '```',
    '',
    `reaches a running Wwise; for the files of a project put \`"--project", "/path/to/Game.wproj"\` behind \`"mcp"\`.${client.format === 'json' ? ' On Windows the command is `"cmd"`, with `"/c", "npx"` as the first two arguments; write paths as `"C:/Audio/Game.wproj"`.' : ' On Windows the command is `"cmd"`, with `"/c", "npx"` as the first two arguments.'}`,
    '',
    '[Other clients](README.md) · [When something does not answer](../errors.md)',
  );
}

function indexPage(): string {
  return lines(
    '# Clients',
    '',
    '| client | set up by | its settings |',
    '|---|---|---|',
    ...clients.map(
      ({ name, title, format }) =>
        `| [${title}](${name}.md) | \`npx -y wwiseflow init ${name}\` | ${format.toUpperCase()} |`,
    ),
    '',
    `One click, for a running Wwise: ${installLinks()}`,
    '',
    'Claude Code also takes a plugin (`plugin/` of the repository: the server and a skill that knows how to use it), Claude Desktop a bundle (the `.mcpb` file that `npm run bundle` makes: it brings everything along and asks for its settings). Any other client that starts MCP servers over stdio takes the entry that `--print` shows.',
  );
}

function textOf({ format, table, extra }: ClientFacts): string {
  const settings = format === 'json' ? jsonSettings : tomlSettings;
  return settings.write('', { table, name: 'wwiseflow' }, { ...extra, ...entry }, 'settings').trimEnd();
}

function lines(...all: readonly string[]): string {
  return `${all.join('\n')}\n`;
}
