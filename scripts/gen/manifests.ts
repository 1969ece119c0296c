import { environmentOf, type PackageFacts } from './package-facts.ts';

/**
 * What stores and clients read about the program, each in its own form, by file name. All of it comes from package.json and
 * the table of settings: whoever publishes changes nothing else.
 */
export function generateManifests(facts: PackageFacts): Map<string, string> {
  return new Map(
    Object.entries({
      'server.json': registryEntry(facts),
      'mcpb/manifest.json': bundleManifest(facts),
      '.claude-plugin/marketplace.json': marketplace(facts),
      'plugin/.claude-plugin/plugin.json': plugin(facts),
      'plugin/.mcp.json': { mcpServers: { wwiseflow: throughNpx(facts) } },
    }).map(([file, content]) => [file, `${JSON.stringify(content, null, 2)}\n`]),
  );
}

const summary = 'Edit Audiokinetic Wwise projects from a coding agent, with or without Wwise.';

/** Of the MCP registry: its schema 2025-12-11. */
function registryEntry({ mcpName, version, repository, homepage, name, settings }: PackageFacts) {
  return {
    $schema: 'https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json',
    name: mcpName,
    title: 'WwiseFlow',
    description: summary,
    repository: { url: repository, source: 'github' },
    websiteUrl: homepage,
    version,
    packages: [
      {
        registryType: 'npm',
        registryBaseUrl: 'https://registry.npmjs.org',
        identifier: name,
        version,
        runtimeHint: 'npx',
        transport: { type: 'stdio' },
        environmentVariables: [
          variable(settings, 'project', { format: 'filepath' }),
          variable(settings, 'wwise', {}),
          variable(settings, 'profile', { choices: ['reader', 'designer', 'builder', 'admin'] }),
          variable(settings, 'allowDir', { format: 'filepath' }),
        ],
      },
    ],
  };
}

function variable(settings: PackageFacts['settings'], key: string, more: object) {
  const { env, description } = environmentOf(settings, key);
  return { name: env, description: sentence(description), isRequired: false, isSecret: false, ...more };
}

/** Of an .mcpb bundle: version 0.3 of its manifest. Settings left empty mean that nothing was said. */
function bundleManifest(facts: PackageFacts) {
  const { name, version, license, repository, homepage, issues, keywords, settings, tools, node } = facts;
  const said = (key: string) => environmentOf(settings, key).env;
  return {
    manifest_version: '0.3',
    name,
    display_name: 'WwiseFlow',
    version,
    description: summary,
    long_description:
      'Ask for sounds, Events, routing, SoundBanks or a check of the whole project; see every change before it is made, undo it after. Works on a running Wwise, or on the files of a project without it. Nothing leaves this machine.',
    author: { name: 'The WwiseFlow authors', url: repository },
    repository: { type: 'git', url: repository },
    homepage,
    documentation: homepage,
    support: issues,
    license,
    keywords,
    server: {
      type: 'node',
      entry_point: 'dist/main.js',
      mcp_config: {
        command: 'node',
        args: [atBundle('dist/main.js'), 'mcp'],
        env: {
          [said('project')]: userConfig('project'),
          [said('wwise')]: userConfig('wwise'),
          [said('allowDir')]: userConfig('allow_dir'),
          [said('profile')]: userConfig('profile'),
          [said('toolsets')]: userConfig('toolsets'),
        },
      },
    },
    tools: tools.map((tool) => ({ name: tool.name, description: tool.description })),
    prompts_generated: true,
    compatibility: { platforms: ['win32', 'darwin', 'linux'], runtimes: { node } },
    user_config: {
      project: {
        type: 'file',
        title: 'Wwise project',
        description: 'The .wproj to work on without Wwise. Leave it empty for a running Wwise.',
        required: false,
      },
      wwise: {
        type: 'string',
        title: 'Address of Wwise',
        description: 'Only for a Wwise elsewhere than ws://127.0.0.1:8080/waapi, and only without a project.',
        required: false,
      },
      allow_dir: {
        type: 'directory',
        title: 'Folder of audio files',
        description: 'Audio is imported from here and from the folder of the project.',
        required: false,
      },
      profile: {
        type: 'string',
        title: 'Profile',
        description: 'What may be done: reader, designer, builder or admin.',
        required: false,
        default: 'admin',
      },
      toolsets: {
        type: 'string',
        title: 'Toolsets',
        description: 'Which tools are offered: default, all, or names with commas between.',
        required: false,
        default: 'default',
      },
    },
  };
}

function marketplace({ name, repository, version }: PackageFacts) {
  return {
    name,
    owner: { name: 'The WwiseFlow authors', url: repository },
    plugins: [{ name, source: './plugin', description: summary, version }],
  };
}

function plugin({ name, version, license, repository, homepage, keywords }: PackageFacts) {
  return {
    name,
    version,
    description: summary,
    author: { name: 'The WwiseFlow authors', url: repository },
    homepage,
    repository,
    license,
    keywords,
  };
}

function throughNpx({ name }: PackageFacts) {
  return { command: 'npx', args: ['-y', name, 'mcp'] };
}

/** What the host of a bundle puts in. */
function userConfig(key: string): string {
  return `\${user_config.${key}}`;
}

function atBundle(file: string): string {
  return `\${__dirname}/${file}`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
