// Writes every generated file, or with --check only says which are out of date.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { settings } from '../../src/config/settings.ts';
import { defaultTools } from '../../src/facades/mcp/default-tools.ts';
import { allTools, toolFaces } from '../../src/facades/mcp/tools.ts';
import { commands } from '../../tools/catalog.ts';
import { codesOf } from './codes-of.ts';
import { generateConfigPage } from './config-page.ts';
import { generateConfigSchema } from './config-schema.ts';
import { generateCurveFlags } from './curve-flags.ts';
import { generateDocs } from './docs.ts';
import { generateDocumentedArguments } from './documented-arguments.ts';
import { generateErrorsPage } from './errors-page.ts';
import { generateFileWords } from './file-words.ts';
import { generateOverrides } from './overrides.ts';
import { generatePathsPage } from './paths-page.ts';
import { generateReadme } from './readme.ts';
import { generateToolIndex } from './tool-index.ts';
import { generateToolSnapshots } from './tool-snapshots.ts';
import { generateTypeTable } from './type-table.ts';
import { generateWaapiSchemas } from './waapi-schemas.ts';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const sharedDir = process.env.WWISEFLOW_SHARED ?? join(root, '..', 'shared');
/** Folders whose files are all generated; folders in them are not. */
const generatedDirs = ['test/__snapshots__/tools', 'docs'];
const checking = process.argv.includes('--check');

const wanted = generateAll();
const outdated = [...wanted].filter(([file, text]) => read(file) !== text).map(([file]) => file);
const superfluous = generatedOnDisk().filter((file) => !wanted.has(file));

if (checking) reportOutdated();
else writeAll();

function generateAll(): Map<string, string> {
  const sources = allTools(commands).map((tool) => tool.source);
  const files = generateToolSnapshots(toolFaces(commands));
  const known = new Map(commands.map((command) => [command.name, command]));
  const documented = sources.map((source) => ({ ...source, ...known.get(source.name) }));
  for (const [file, text] of generateDocs(documented, { defaultTools, codesOf: codesOf(root) }))
    files.set(file, text);
  files.set('docs/errors.md', generateErrorsPage());
  files.set('docs/paths.md', generatePathsPage());
  files.set('docs/config-keys.md', generateConfigPage(settings));
  files.set('docs/wwiseflow.config.schema.json', generateConfigSchema());
  files.set('src/wwise/files/documented-arguments.gen.ts', generateDocumentedArguments());
  files.set('src/facades/mcp/tool-index.gen.ts', generateToolIndex(sources));
  files.set('README.md', generateReadme(read('README.md') ?? '', sources, settings));
  if (existsSync(join(sharedDir, 'waapi', 'functions.json'))) {
    files.set('src/embedded/model/types.gen.ts', generateTypeTable(sharedDir));
    files.set('src/embedded/protocol/schemas.gen.ts', generateWaapiSchemas(sharedDir));
    files.set('src/embedded/model/curve-flags.gen.ts', generateCurveFlags(sharedDir));
    // The client and the embedded Wwise may not know each other: each has the same table.
    const overrides = generateOverrides(sharedDir);
    files.set('src/bus/overrides/overrides.gen.ts', overrides);
    files.set('src/embedded/model/reading/overrides.gen.ts', overrides);
    files.set('test/fixtures/file-words.gen.json', generateFileWords(sharedDir));
  } else {
    print(
      `Skipped types.gen.ts, schemas.gen.ts, curve-flags.gen.ts, overrides.gen.ts and file-words.gen.json: no WAAPI reference at ${sharedDir} (set WWISEFLOW_SHARED).`,
    );
  }
  return files;
}

function reportOutdated(): void {
  for (const file of outdated) print(`out of date: ${file}`);
  for (const file of superfluous) print(`of something that is gone: ${file}`);
  if (outdated.length + superfluous.length === 0) {
    print(`${wanted.size} generated files are up to date.`);
  } else {
    print('Run `npm run gen` and commit what it writes.');
    process.exitCode = 1;
  }
}

function writeAll(): void {
  for (const file of outdated) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), wanted.get(file) ?? '');
    print(`wrote ${file}`);
  }
  for (const file of superfluous) {
    rmSync(join(root, file));
    print(`removed ${file}`);
  }
  if (outdated.length + superfluous.length === 0) print('Nothing to do: every generated file is up to date.');
}

function generatedOnDisk(): string[] {
  return generatedDirs.flatMap((folder) => {
    const directory = join(root, folder);
    if (!existsSync(directory)) return [];
    return readdirSync(directory, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(root, join(directory, entry.name)).replaceAll('\\', '/'));
  });
}

function read(file: string): string | undefined {
  const path = join(root, file);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
