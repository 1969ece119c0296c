import { basename, posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { code, files, listFiles, ours, sources, text, webSources } from './harness/sources.ts';

/**
 * Who may import whom. The longest row that is a prefix of a file's path is the file's room; it may always import from
 * itself. `*` means everything. A room without a row is a mistake.
 */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  'src/core/': [],
  'src/wwise/connection/': ['src/core/'],
  'src/embedded/': [
    'src/core/',
    'src/wwise/connection/backend.ts',
    'src/wwise/connection/reading-functions.ts',
    'src/embedded/',
  ],
  'src/embedded/protocol/': [
    'src/core/',
    'src/wwise/connection/backend.ts',
    'src/wwise/connection/reading-functions.ts',
  ],
  'src/embedded/wwu/': ['src/core/', 'src/embedded/protocol/'],
  // What overrides what, and what names keep to, are facts about Wwise in generated tables: data, not the client's code.
  'src/embedded/model/': [
    'src/core/',
    'src/wwise/overrides/overrides.gen.ts',
    'src/wwise/names/name-rules.gen.ts',
    ...embeddedRooms(2),
  ],
  'src/embedded/instance/': ['src/core/', ...embeddedRooms(3)],
  'src/embedded/waql/': [
    'src/core/',
    'src/wwise/connection/backend.ts',
    'src/wwise/connection/reading-functions.ts',
    ...embeddedRooms(4),
  ],
  'src/embedded/project/': ['src/core/', ...embeddedRooms(5)],
  'src/embedded/audio/': ['src/core/', ...embeddedRooms(6)],
  'src/embedded/media-pool/': ['src/core/', ...embeddedRooms(7)],
  'src/embedded/topics/': ['src/core/', ...embeddedRooms(8)],
  'src/embedded/functions/': [
    'src/core/',
    'src/wwise/connection/backend.ts',
    'src/wwise/connection/reading-functions.ts',
    ...embeddedRooms(9),
  ],
  'src/embedded/server/': [
    'src/core/',
    'src/wwise/connection/backend.ts',
    'src/wwise/connection/reading-functions.ts',
    'src/embedded/engine.ts',
  ],
  'src/stores/': ['src/core/'],
  'src/outside/': ['src/core/'],
  'src/wwise/': ['src/core/', 'src/wwise/'],
  'tools/': ['src/core/', 'src/wwise/'],
  'src/workflow/': ['src/core/'],
  // Of workflows a facade knows the service and its types, nothing behind it.
  'src/facades/mcp/': ['src/core/', 'src/workflow/service.ts'],
  'src/facades/cli/': ['src/core/', 'src/workflow/service.ts'],
  'src/facades/http/': ['src/core/', 'src/workflow/service.ts'],
  // The page asks over HTTP: of the sources it knows types of the workflow room, for what the answers are.
  'web/': ['src/workflow/'],
  'src/config/': ['src/core/'],
  'src/telemetry/': ['src/core/'],
  // What a plug-in is written against: commands and kinds, as values.
  'src/plugins/': ['src/core/', 'src/wwise/wwise-command.ts', 'src/workflow/nodes/'],
  'src/app.ts': ['*'],
  'src/serve-http.ts': ['*'],
  'src/serve-beside.ts': ['*'],
  'src/run-worker.ts': ['*'],
  'src/workflow-subcommands.ts': ['*'],
  'src/jobs/': ['src/core/', 'src/workflow/service.ts'],
  'src/workspace/': ['*'],
  'src/workspace/observe-backend.ts': ['src/wwise/connection/backend.ts'],
  'src/program-info.ts': ['src/core/', 'src/embedded/functions/'],
  'src/read-version.ts': ['src/core/'],
  'src/read-examples.ts': ['src/core/', 'src/workflow/service.ts'],
  'src/doctor.ts': ['*'],
  'src/diagnose.ts': ['*'],
  'src/init-client.ts': ['*'],
  'src/main.ts': ['*'],
  'src/serve-waapi.ts': ['*'],
  'src/index.ts': ['*'],
};

/** The rooms of the embedded Wwise, from the bottom up: each may lean on the ones below it only. */
function embeddedRooms(below: number): string[] {
  const bottomUp = 'protocol wwu model instance waql project audio media-pool topics functions server'.split(
    ' ',
  );
  return bottomUp.slice(0, below).map((room) => `src/embedded/${room}/`);
}

/** Packages that live in one place, so that replacing one stays a small change. */
const packageHomes: Readonly<Record<string, readonly string[]>> = {
  ws: ['src/wwise/connection/', 'src/embedded/server/'],
  'p-queue': ['src/wwise/connection/', 'src/embedded/', 'src/workflow/'],
  libsql: ['src/stores/sqlite/', 'src/outside/databases/'],
  pg: ['src/stores/postgres/', 'src/outside/databases/'],
  ioredis: ['src/stores/redis/', 'src/jobs/'],
  bullmq: ['src/jobs/'],
  '@opentelemetry/api': ['src/telemetry/'],
  '@opentelemetry/sdk-trace-node': ['src/telemetry/'],
  '@opentelemetry/exporter-trace-otlp-http': ['src/telemetry/'],
  croner: ['src/core/schedules/cron.ts'],
  pino: ['src/core/log.ts'],
  picocolors: ['src/facades/cli/draw/paint.ts'],
  'jsonc-parser': ['src/facades/cli/init/json-settings.ts', 'src/facades/cli/init/without-property.ts'],
  '@decimalturn/toml-patch': ['src/facades/cli/init/toml-settings.ts'],
  commander: ['src/config/'],
  'csv-parse': ['src/core/text/tab-delimited.ts', 'src/workflow/nodes/data/'],
  'csv-stringify': ['src/workflow/nodes/data/'],
  'hyparquet-writer': ['src/workflow/nodes/data/'],
  '@marcbachmann/cel-js': ['src/workflow/expressions/'],
  jsonata: ['src/workflow/nodes/data/jsonata/'],
  undici: ['src/workflow/remote/http/'],
  aws4fetch: ['src/workflow/remote/http/', 'src/stores/artifacts/s3/'],
  nodemailer: ['src/workflow/remote/mail/'],
  '@modelcontextprotocol/server': ['src/facades/mcp/'],
  '@modelcontextprotocol/client': [],
  '@modelcontextprotocol/sdk': [],
  hono: ['src/facades/http/'],
  'prom-client': ['src/facades/http/metrics/'],
  '@hono/node-server': ['src/facades/http/'],
  react: ['web/'],
  'react-dom': ['web/'],
  '@xyflow/react': ['web/src/graph/', 'web/src/author/', 'web/src/run/run-page.tsx', 'web/src/main.tsx'],
  '@dagrejs/dagre': ['web/src/graph/layout.ts'],
  zustand: ['web/'],
  'lucide-react': ['web/'],
  '@codemirror/autocomplete': ['web/src/author/forms/code-editor.ts'],
  '@codemirror/commands': ['web/src/author/forms/code-editor.ts'],
  '@codemirror/state': ['web/src/author/forms/code-editor.ts'],
  '@codemirror/view': ['web/src/author/forms/code-editor.ts'],
  vite: ['web/vite.config.ts'],
  express: [],
};

/** Who opens files for reading by other means than `core/files/regular-file.ts`, which refuses what is none, and why. */
const openers: Readonly<Record<string, string>> = {
  'src/core/files/regular-file.ts': 'the one place',
  'src/core/files/content-hash.ts': 'streams what the one place opened',
  'src/embedded/project/lock/lock-places.ts': 'looks itself, and follows no link',
  'src/embedded/project/lock/lock-holder.ts': 'what Linux says of processes',
  'src/facades/cli/read-flow.ts': 'on a command line a pipe is meant: <(make-flow), /dev/stdin',
  'src/facades/mcp/prompts/prompt-file.ts': 'files of the package',
  'src/facades/mcp/resources/authoring-resources.ts': 'a file of the package',
  'src/read-version.ts': 'files of the package',
  'src/stores/artifacts/disk-contents.ts': 'files of our own, under names of chance',
  'src/embedded/project/saving/durable-file.ts': 'new files, and folders',
  'src/embedded/audio/files/stage-audio.ts': 'a new file of its own',
  'src/stores/sqlite/state-directory.ts': 'a new file',
  'src/stores/sqlite/disk-wait.ts': 'the log that SQLite has open, and its folder',
  'src/outside/files/write-file.ts': 'a new file',
  'src/outside/files/append-file.ts': 'adds to what was read before',
  'src/outside/files/move-file.ts': 'links or copies a file of its own',
  'src/embedded/audio/files/store-original.ts': 'copies what was read before',
  'src/workflow/runtime/originals/originals.ts': 'copies what was read before',
  'src/workflow/runtime/originals/set-aside.ts': 'copies what was read before',
};

/** The folders of src/, with the number of their files and of all files below them. */
const folders = [...new Set(ours.flatMap(foldersAround))]
  .filter((folder) => folder.startsWith('src/'))
  .map((folder) => ({
    folder,
    direct: ours.filter((file) => posix.dirname(file) === folder).length,
    below: ours.filter((file) => file.startsWith(`${folder}/`)).length,
  }));

const imports = new Map([...sources, ...webSources].map((file) => [file, importsOf(file)]));

describe('the house', () => {
  it('gives every file a room with a row in the import table', () => {
    expect([...ours, ...webSources].filter((file) => roomOf(file) === undefined)).toEqual([]);
  });

  it('lets each room import only what its row allows', () => {
    const offenders = [...ours, ...webSources].flatMap((file) =>
      internalImports(file)
        .filter((target) => !isAllowed(file, target))
        .map((target) => `${file} imports ${target}`),
    );
    expect(offenders).toEqual([]);
  });

  it('gives the page types of the workflow room, and no code of it', () => {
    const offenders = webSources.flatMap((file) =>
      [...code(file).matchAll(/^import (?!type )[^;]*?from '([^']*\/src\/workflow\/[^']*)'/gm)].map(
        ([, target]) => `${file} imports code of ${target}`,
      ),
    );
    expect(offenders).toEqual([]);
    expect(webSources.length).toBeGreaterThan(50);
  });

  it('has no import cycles', () => {
    expect(findCycle()).toBeNull();
  });

  it('keeps each package in its place', () => {
    const offenders = [...ours, ...webSources].flatMap((file) =>
      (imports.get(file) ?? []).flatMap((specifier) => {
        const homes = packageHomes[packageName(specifier)];
        return homes === undefined || homes.some((home) => file.startsWith(home))
          ? []
          : [`${file} imports ${specifier}`];
      }),
    );
    expect(offenders).toEqual([]);
  });

  it('writes to no console', () => {
    expect([...ours, ...webSources].filter((file) => /(?<![.\w])console\.\w+\(/.test(code(file)))).toEqual(
      [],
    );
  });

  it('says nothing to a terminal but through the one way that makes control characters visible', () => {
    const writes = [...code('src/main.ts').matchAll(/process\.(?:stdout|stderr)\.write\(([^)]*)/g)];
    expect(writes.map(([, first]) => first).sort()).toEqual(['text', 'text']);
    expect(code('src/main.ts')).toMatch(/printTo\(\(text\) => process\.stdout\.write\(text\), /);
    expect(code('src/main.ts')).toMatch(/printTo\(\(text\) => process\.stderr\.write\(text\), /);
  });

  it('touches the process only in main.ts, apart from asking which process and platform this is', () => {
    const offenders = ours
      .filter((file) => file !== 'src/main.ts')
      .flatMap((file) =>
        [...code(file).matchAll(/\bprocess\.(\w+)/g)].map((match) => `${file}: process.${match[1]}`),
      )
      .filter((use) => !/process\.(pid|platform|arch|version|versions|execPath)$/.test(use));
    const imported = ours
      .filter((file) => file !== 'src/main.ts')
      .flatMap((file) =>
        [...code(file).matchAll(/import (.+) from 'node:process'/g)].map((match) => match[1] ?? ''),
      )
      .filter((names) => !/^\{( ?(kill|pid|platform|arch),?)+ \}$/.test(names));
    expect([...offenders, ...imported]).toEqual([]);
  });

  it('has no file over 350 lines and no test over 500, generated ones aside', () => {
    const long = (folders: readonly string[], mostLines: number): readonly string[] =>
      folders
        .flatMap(listFiles)
        .filter((file) => /\.(tsx?|mjs|css)$/.test(file) && !/\.gen\.ts$|node_modules|\/dist\//.test(file))
        .filter((file) => text(file).trimEnd().split('\n').length > mostLines);
    expect(long(['src', 'tools', 'demo', 'scripts', 'bench', 'web'], 350)).toEqual([]);
    expect(long(['test'], 500)).toEqual([]);
  });

  it('says in ten lines what lives in a room of more than 15 files, where to begin, what may not be known there', () => {
    const rooms = Object.keys(mayImport).filter(
      (room) => ours.filter((file) => file.endsWith('.ts') && roomOf(file) === room).length > 15,
    );
    expect(rooms.length).toBeGreaterThan(8);
    const large = folders.filter(({ below }) => below > 25).map(({ folder }) => `${folder}/`);
    const silent = [...new Set([...rooms, ...large])].filter((room) => {
      const said = files.includes(`${room}README.md`) ? text(`${room}README.md`) : '';
      const isWhole = said.includes('\nBegin with ') && said.includes('\nNot known here: ');
      return !isWhole || said.trimEnd().split('\n').length > 10;
    });
    expect(silent).toEqual([]);
  });

  it('has no folder of more than 25 files, but where a catalog lists them: then it has folders by subject', () => {
    const crowded = folders.filter(({ direct }) => direct > 25).map(({ folder }) => folder);
    expect(crowded.filter((folder) => !files.includes(`${folder}/catalog.ts`))).toEqual([]);
  });

  it('names in the README of a room only files that are there', () => {
    const pages = files.filter((file) => file.endsWith('/README.md') && !file.startsWith('demo/'));
    const lost = pages.flatMap((page) =>
      [...text(page).matchAll(/`([\w./-]+(?:\.ts|\/))`/g)]
        .map(([, name = '']) => posix.join(posix.dirname(page), name))
        .filter((path) => !files.some((file) => file.startsWith(path)))
        .map((path) => `${page} names ${path}`),
    );
    expect(lost).toEqual([]);
  });

  it('has no folder that says nothing', () => {
    const vague = files.filter((file) => /(^|\/)(utils?|helpers?|common|managers?|services?)\//.test(file));
    expect(vague).toEqual([]);
  });

  it('opens the databases in one place, so that a benchmark measures what the product uses', () => {
    const benches = listFiles('bench').filter((file) => file.endsWith('.ts'));
    const openers = [...ours, ...benches].filter((file) => /\bopenDatabase\(/.test(code(file)));
    expect(openers).toEqual(['src/stores/sqlite/connections.ts', 'src/stores/sqlite/open-database.ts']);
  });

  it('opens files where a pipe, a socket or a device is refused, which could be waited for without end', () => {
    const names = /\b(?:readFile(?:Sync)?|open(?:Sync)?|createReadStream|copyFile(?:Sync)?|fs)\b/;
    const found = ours.filter((file) =>
      [...code(file).matchAll(/import ([^;]*?) from 'node:fs(?:\/promises)?'/g)].some(([, list = '']) =>
        /promises as fs|default|\* as/.test(list)
          ? /\bfs\.(?:readFile|open|copyFile)\(/.test(code(file))
          : names.test(list),
      ),
    );
    expect(found.filter((file) => openers[file] === undefined)).toEqual([]);
    expect(Object.keys(openers).filter((file) => !found.includes(file))).toEqual([]);
  });

  it('has no barrel: the only index.ts is the library’s', () => {
    expect(sources.filter((file) => basename(file) === 'index.ts')).toEqual(['src/index.ts']);
    expect(ours.filter((file) => /^export \* /m.test(code(file)))).toEqual([]);
  });

  it('uses no default exports', () => {
    expect(ours.filter((file) => /^export default /m.test(code(file)))).toEqual([]);
  });
});

function foldersAround(file: string): string[] {
  const parts = file.split('/').slice(0, -1);
  return parts.map((_part, index) => parts.slice(0, index + 1).join('/'));
}

function isAllowed(file: string, target: string): boolean {
  const room = roomOf(file) ?? '';
  const allowed = mayImport[room] ?? [];
  if (allowed.includes('*') || roomOf(target) === room) return true;
  return allowed.some((prefix) => target.startsWith(prefix));
}

function roomOf(file: string): string | undefined {
  return Object.keys(mayImport)
    .filter((room) => file.startsWith(room))
    .sort((a, b) => b.length - a.length)[0];
}

function internalImports(file: string): string[] {
  return (imports.get(file) ?? [])
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => posix.join(posix.dirname(file), specifier));
}

/** Depth-first with an explicit stack; gives the first cycle as `a -> b -> a`. Type-only imports count: they tie rooms too. */
function findCycle(): string | null {
  const state = new Map<string, 'open' | 'done'>();
  for (const start of [...ours, ...webSources]) {
    const stack = [{ file: start, next: internalImports(start) }];
    while (stack.length > 0) {
      const top = stack[stack.length - 1];
      if (top === undefined) break;
      state.set(top.file, state.get(top.file) ?? 'open');
      const target = top.next.shift();
      if (target === undefined) {
        state.set(top.file, 'done');
        stack.pop();
      } else if (state.get(target) === 'open') {
        const path = stack.map((frame) => frame.file);
        return [...path.slice(path.indexOf(target)), target].join(' -> ');
      } else if (state.get(target) === undefined) {
        stack.push({ file: target, next: internalImports(target) });
      }
    }
  }
  return null;
}

function importsOf(file: string): string[] {
  const source = code(file);
  const fixed = source.matchAll(/^\s*(?:import|export)\s[^'"`;]*?from\s+['"]([^'"]+)['"]/gm);
  const bare = source.matchAll(/^\s*import\s+['"]([^'"]+)['"]/gm);
  const lazy = source.matchAll(/\bimport\(\s*['"]([^'"]+)['"]/g);
  return [...fixed, ...bare, ...lazy].map((match) => match[1] ?? '');
}

function packageName(specifier: string): string {
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? '');
}
