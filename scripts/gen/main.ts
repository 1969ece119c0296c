// Writes every generated file, or with --check only says which are out of date.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { settings } from '../../src/config/settings.ts';
import { allTools, toolFaces } from '../../src/facades/mcp/tools/tools.ts';
import { functionGroups } from '../../src/workflow/expressions/functions/catalog.ts';
import { ownKinds } from '../../src/workflow/nodes/catalog.ts';
import { commands } from '../../tools/catalog.ts';
import { mergedTools } from '../../tools/merged/catalog.ts';
import { toolsets } from '../../tools/toolsets.ts';
import { generateConfigSchema } from './config-schema.ts';
import { generateListedTools } from './listed-tools.ts';
import { generateManifests } from './manifests.ts';
import { packageFacts } from './package-facts.ts';
import { generateClientPages, installLinks } from './pages/client-pages.ts';
import { codesOf } from './pages/codes-of.ts';
import { generateConfigPage } from './pages/config-page.ts';
import { generateDocs } from './pages/docs.ts';
import { generateErrorsPage } from './pages/errors-page.ts';
import { generateExpressionFunctionsPage } from './pages/expression-functions-page.ts';
import { generateNodeKindsPage } from './pages/node-kinds-page.ts';
import { generatePathsPage } from './pages/paths-page.ts';
import { generateCommandsPage, generateOptionsPage, generateReadme } from './pages/readme.ts';
import { generateCurveFlags } from './reference/curve-flags.ts';
import { generateDocumentedArguments } from './reference/documented-arguments.ts';
import { generateFileWords } from './reference/file-words.ts';
import { generateNameRules } from './reference/name-rules.ts';
import { generateOverrides } from './reference/overrides.ts';
import { generateTypeTable } from './reference/type-table.ts';
import { generateWaapiSchemas } from './reference/waapi-schemas.ts';
import { generateToolIndex } from './tool-index.ts';
import { generateToolSnapshots } from './tool-snapshots.ts';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const sharedDir = process.env.WWISEFLOW_SHARED ?? join(root, '..', 'shared');
/** Folders whose files are all generated; folders in them are not. */
const generatedDirs = ['test/__snapshots__/tools', 'docs', 'docs/clients'];
const checking = process.argv.includes('--check');

const wanted = generateAll();
const outdated = [...wanted].filter(([file, text]) => read(file) !== text).map(([file]) => file);
const superfluous = generatedOnDisk().filter((file) => !wanted.has(file));

if (checking) reportOutdated();
else writeAll();

function generateAll(): Map<string, string> {
  const sources = allTools(commands, mergedTools).map((tool) => tool.source);
  const files = generateToolSnapshots(toolFaces(commands, mergedTools));
  const known = new Map<string, object>([...commands, ...mergedTools].map((one) => [one.name, one]));
  const documented = sources.map((source) => ({ ...source, ...known.get(source.name) }));
  for (const [file, text] of generateDocs(documented, { toolsets, codesOf: codesOf(root) }))
    files.set(file, text);
  files.set('docs/errors.md', generateErrorsPage());
  files.set('docs/paths.md', generatePathsPage());
  files.set('docs/node-kinds.md', generateNodeKindsPage(ownKinds));
  files.set('docs/expression-functions.md', generateExpressionFunctionsPage(functionGroups));
  files.set('docs/config-keys.md', generateConfigPage(settings));
  files.set('docs/wwiseflow.config.schema.json', generateConfigSchema());
  files.set('src/wwise/files/documented-arguments.gen.ts', generateDocumentedArguments());
  files.set('src/facades/mcp/tools/tool-index.gen.ts', generateToolIndex(sources, mergedTools));
  files.set(
    'src/facades/mcp/tools/listed-tools.gen.ts',
    generateListedTools(toolFaces(commands, mergedTools)),
  );
  files.set('docs/commands.md', generateCommandsPage(sources));
  files.set('docs/options.md', generateOptionsPage(settings));
  for (const [file, text] of generateClientPages()) files.set(file, text);
  files.set('README.md', generateReadme(read('README.md') ?? '', installLinks()));
  const offered = sources.filter(({ name }) =>
    Object.values(toolsets).some(({ byDefault }) => byDefault.includes(name)),
  );
  const facts = packageFacts(read('package.json') ?? '', settings, offered);
  for (const [file, text] of generateManifests(facts)) files.set(file, text);
  if (existsSync(join(sharedDir, 'waapi', 'functions.json'))) {
    files.set('src/embedded/model/types/types.gen.ts', generateTypeTable(sharedDir));
    files.set('src/embedded/protocol/schemas.gen.ts', generateWaapiSchemas(sharedDir));
    files.set('src/embedded/model/types/curve-flags.gen.ts', generateCurveFlags(sharedDir));
    files.set('src/wwise/overrides/overrides.gen.ts', generateOverrides(sharedDir));
    files.set('src/wwise/names/name-rules.gen.ts', generateNameRules(sharedDir));
    files.set('test/fixtures/file-words.gen.json', generateFileWords(sharedDir));
  } else {
    print(
      `Skipped types.gen.ts, schemas.gen.ts, curve-flags.gen.ts, overrides.gen.ts, name-rules.gen.ts and file-words.gen.json: no WAAPI reference at ${sharedDir} (set WWISEFLOW_SHARED).`,
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
