import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { Ajv } from 'ajv';
import { beforeAll, describe, expect, it } from 'vitest';
import { settings } from '../../src/config/settings.ts';
import { asJsonArray, asJsonObject, asString, type JsonObject } from '../../src/core/json.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { type Packed, packInto, readInRepository, root } from './packed.ts';

const json = (file: string): JsonObject => asJsonObject(JSON.parse(readInRepository(file)));
const packageJson = json('package.json');

/** What npm installs with the package, for any platform, by the lock file: name of the folder and what is said of it. */
const runtimeTree = Object.entries(asJsonObject(json('package-lock.json').packages))
  .map(([folder, facts]) => [folder, asJsonObject(facts)] as const)
  .filter(
    ([folder, { dev, devOptional, peer }]) => folder !== '' && ![dev, devOptional, peer].includes(true),
  );

describe('the package', () => {
  const dir = tempDir('package');
  let packed: Packed = { tarball: '', bytes: 0, files: [] };
  beforeAll(() => {
    packed = packInto(dir);
  });

  it('is small, and holds no source maps, tests or demo', () => {
    expect(packed.bytes).toBeGreaterThan(100_000);
    expect(packed.bytes).toBeLessThanOrEqual(3 * 1024 * 1024);
    expect(
      packed.files.filter((file) => /\.map$|^(demo|test|bench|src|tools)\/|demo\.js/.test(file)),
    ).toEqual([]);
  });

  it('is complete: program, library, types, docs, prompts, examples, licences', () => {
    expect(packed.files).toEqual(
      expect.arrayContaining([
        'dist/main.js',
        'dist/index.js',
        'dist/LICENSES.txt',
        'dist/web/index.html',
        'dist/types/src/index.d.ts',
        'docs/README.md',
        'docs/errors.md',
        'docs/guides/workflows.md',
        'docs/wwiseflow.config.schema.json',
        'prompts/author-workflow.md',
        'examples/import-one-sound.json',
        'README.md',
        'LICENSE',
        'CHANGELOG.md',
        'CONTRIBUTING.md',
        'SECURITY.md',
      ]),
    );
  });

  it('has every page that its pages link to', () => {
    const pages = packed.files.filter((file) => file.endsWith('.md'));
    const dead = pages.flatMap((page) =>
      [
        ...readInRepository(page)
          .replace(/^( *)```[\s\S]*?\n\1```/gm, '')
          .matchAll(/\]\(([^)\s#]+)[^)]*\)/g),
      ]
        .map(([, target = '']) => target)
        .filter((target) => !/^[a-z]+:/.test(target))
        .map((target) => posix.join(posix.dirname(page), target).replace(/\/$/, ''))
        .filter((target) => !packed.files.some((file) => file === target || file.startsWith(`${target}/`)))
        .map((target) => `${page}: ${target}`),
    );
    expect(dead).toEqual([]);
  });

  it('installs at most 40 packages, none with a script to run, none of which is in the bundle too', () => {
    expect(runtimeTree.length).toBeGreaterThan(5);
    expect(runtimeTree.length).toBeLessThanOrEqual(40);
    expect(runtimeTree.filter(([, { hasInstallScript }]) => hasInstallScript === true)).toEqual([]);
    const scripts = Object.keys(asJsonObject(packageJson.scripts));
    expect(scripts.filter((name) => /^(pre|post)?install$|^prepare$/.test(name))).toEqual([]);
    const bundled = readFileSync(join(root, 'dist/LICENSES.txt'), 'utf8');
    const installed = runtimeTree.map(([folder]) => folder.replace(/^.*node_modules\//, ''));
    expect(installed.filter((name) => new RegExp(`^${name}$`, 'm').test(bundled))).toEqual([]);
    expect(bundled).toMatch(/^zod$/m);
  });

  it('starts with what it declares alone', () => {
    execFileSync('tar', ['-xzf', packed.tarball], { cwd: dir });
    const own = join(dir, 'package');
    for (const [folder] of runtimeTree) {
      mkdirSync(dirname(join(own, folder)), { recursive: true });
      try {
        symlinkSync(join(root, folder), join(own, folder));
      } catch {
        // A compiled library for another platform, or one below a folder that is a link already.
      }
    }
    const run = (...args: string[]) =>
      execFileSync(process.execPath, [join(own, 'dist/main.js'), ...args], { cwd: dir, encoding: 'utf8' });
    expect(run('--version')).toBe(`${String(packageJson.version)}\n`);
    run('new', 'Game/Game.wproj');
    const at = ['--project', 'Game', '--state', 'state', '--log-level', 'debug'];
    expect(run('doctor', ...at)).toContain('project Game');
    expect(run('run', join(own, 'examples/footsteps.json'), '--plan', ...at)).toContain('create');
  });
});

describe('what is said about the package elsewhere', () => {
  const { version, mcpName, repository, homepage, name } = packageJson;
  const url = String(asJsonObject(repository).url).replace(/^git\+|\.git$/g, '');

  it('is said in the words of package.json: name, version, repository, homepage', () => {
    expect(mcpName).toMatch(/^io\.github\.[\w-]+\/[\w.-]+$/);
    const server = json('server.json');
    expect(server).toMatchObject({ name: mcpName, version, websiteUrl: homepage, repository: { url } });
    expect(asJsonArray(server.packages)[0]).toMatchObject({ identifier: name, version });
    expect(json('mcpb/manifest.json')).toMatchObject({ name, version, homepage, repository: { url } });
    expect(json('plugin/.claude-plugin/plugin.json')).toMatchObject({
      name,
      version,
      homepage,
      repository: url,
    });
  });

  it('is a manifest of bundles as their format has it', () => {
    const manifest = json('mcpb/manifest.json');
    const schema = json('node_modules/@anthropic-ai/mcpb/dist/mcpb-manifest-v0.3.schema.json');
    const accepts = new Ajv({ strict: false, validateFormats: false }).compile(schema);
    expect(accepts(manifest), JSON.stringify(accepts.errors)).toBe(true);
    const { env = {} } = asJsonObject(asJsonObject(asJsonObject(manifest.server).mcp_config));
    const asked = Object.keys(asJsonObject(manifest.user_config));
    const used = Object.values(asJsonObject(env)).map(
      (value) => /^\$\{user_config\.(\w+)\}$/.exec(String(value))?.[1],
    );
    expect(used.sort()).toEqual(asked.sort());
    const variables = settings.map((setting) => setting.env);
    expect(Object.keys(asJsonObject(env)).filter((key) => !variables.includes(key))).toEqual([]);
  });

  it('is an entry of the MCP registry as its schema of 2025-12-11 has it', () => {
    const accepts = new Ajv({ strict: false, validateFormats: false }).compile(registrySchema);
    const server = json('server.json');
    expect(accepts(server), JSON.stringify(accepts.errors)).toBe(true);
    expect(accepts({ ...server, description: 'x'.repeat(101) })).toBe(false);
    expect(accepts({ ...server, name: 'wwiseflow' })).toBe(false);
  });

  it('is a plugin of Claude Code: a marketplace that leads to it, its server and its skill', () => {
    const [plugin] = asJsonArray(json('.claude-plugin/marketplace.json').plugins).map(asJsonObject);
    expect(plugin).toMatchObject({ name, source: './plugin', version });
    const { wwiseflow } = asJsonObject(json('plugin/.mcp.json').mcpServers);
    expect(wwiseflow).toEqual({ command: 'npx', args: ['-y', name, 'mcp'] });
    const skill = readInRepository('plugin/skills/wwise/SKILL.md');
    const [, head = ''] = /^---\n([\s\S]*?)\n---\n/.exec(skill) ?? [];
    expect(head).toMatch(/^name: wwise$/m);
    const description = asString(/^description: (.*)$/m.exec(head)?.[1]) ?? '';
    expect(description.length).toBeGreaterThan(50);
    expect(description.length).toBeLessThanOrEqual(1024);
  });
});

/** What the registry demands of an entry with npm packages over stdio, in our own words. */
const text = { type: 'string', minLength: 1 };
const registrySchema: JsonObject = {
  type: 'object',
  required: ['name', 'description', 'version'],
  properties: {
    $schema: { const: 'https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json' },
    name: { type: 'string', pattern: '^[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+$', minLength: 3, maxLength: 200 },
    title: { type: 'string', minLength: 1, maxLength: 100 },
    description: { type: 'string', minLength: 1, maxLength: 100 },
    version: { type: 'string', maxLength: 255, pattern: '^\\d+\\.\\d+\\.\\d+' },
    websiteUrl: { type: 'string', pattern: '^https://' },
    repository: {
      type: 'object',
      required: ['url', 'source'],
      additionalProperties: false,
      properties: { url: { type: 'string', pattern: '^https://' }, source: text, id: text, subfolder: text },
    },
    packages: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['registryType', 'identifier', 'version', 'transport'],
        additionalProperties: false,
        properties: {
          registryType: { enum: ['npm'] },
          registryBaseUrl: { const: 'https://registry.npmjs.org' },
          identifier: text,
          version: { type: 'string', not: { const: 'latest' } },
          runtimeHint: { enum: ['npx'] },
          transport: { type: 'object', required: ['type'], properties: { type: { const: 'stdio' } } },
          environmentVariables: {
            type: 'array',
            items: {
              type: 'object',
              required: ['name'],
              properties: {
                name: text,
                description: text,
                isRequired: { type: 'boolean' },
                isSecret: { type: 'boolean' },
                format: { enum: ['string', 'number', 'boolean', 'filepath'] },
                choices: { type: 'array', items: text },
              },
              additionalProperties: false,
            },
          },
        },
      },
    },
  },
  additionalProperties: false,
};
