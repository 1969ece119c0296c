import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

/**
 * Who may import whom. The longest row that is a prefix of a file's path is the file's room; it may always import from
 * itself. `*` means everything. A room without a row is a mistake.
 */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  'src/core/': [],
  'src/wwise/connection/': ['src/core/'],
  'src/embedded/': ['src/core/', 'src/wwise/connection/backend.ts', 'src/embedded/'],
  'src/embedded/protocol/': ['src/core/', 'src/wwise/connection/backend.ts'],
  'src/embedded/wwu/': ['src/core/', 'src/embedded/protocol/'],
  'src/embedded/model/': ['src/core/', ...embeddedRooms(2)],
  'src/embedded/instance/': ['src/core/', ...embeddedRooms(3)],
  'src/embedded/waql/': ['src/core/', 'src/wwise/connection/backend.ts', ...embeddedRooms(4)],
  'src/embedded/project/': ['src/core/', ...embeddedRooms(5)],
  'src/embedded/audio/': ['src/core/', ...embeddedRooms(6)],
  'src/embedded/media-pool/': ['src/core/', ...embeddedRooms(7)],
  'src/embedded/topics/': ['src/core/', ...embeddedRooms(8)],
  'src/embedded/functions/': ['src/core/', 'src/wwise/connection/backend.ts', ...embeddedRooms(9)],
  'src/embedded/server/': ['src/core/', 'src/wwise/connection/backend.ts', 'src/embedded/engine.ts'],
  'src/stores/': ['src/core/'],
  'src/wwise/': ['src/core/', 'src/bus/', 'src/wwise/'],
  'src/bus/': ['src/core/', 'src/wwise/'],
  'tools/': ['src/core/', 'src/bus/', 'src/wwise/'],
  'src/workflow/': ['src/core/', 'src/bus/', 'src/wwise/files/', 'src/wwise/undo/'],
  // Of workflows a facade knows the service and its types, nothing behind it.
  'src/facades/mcp/': ['src/core/', 'src/bus/', 'src/workflow/service.ts'],
  'src/facades/cli/': ['src/core/', 'src/bus/', 'src/workflow/service.ts'],
  'src/config/': ['src/core/'],
  'src/app.ts': ['*'],
  'src/open-image.ts': ['*'],
  'src/read-examples.ts': ['src/core/', 'src/workflow/service.ts'],
  'src/main.ts': ['*'],
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
  libsql: ['src/stores/sqlite/'],
  pino: ['src/core/log.ts'],
  picocolors: ['src/facades/cli/paint.ts'],
  commander: ['src/config/'],
  '@modelcontextprotocol/server': ['src/facades/mcp/'],
  '@modelcontextprotocol/client': [],
  '@modelcontextprotocol/sdk': [],
  hono: [],
  '@hono/node-server': [],
  express: [],
};

/** Where a command's name is no knowledge of the command: lists of tools to show, words that mean something else. `*`: any. */
const mentions: Readonly<Record<string, readonly string[]>> = {
  'src/facades/mcp/default-tools.ts': ['*'],
  'src/facades/mcp/entry-tools.ts': ['*'],
  'src/facades/mcp/workflow-examples.ts': ['*'],
  // Wwise's history goes both ways.
  'src/wwise/undo/history-steps.ts': ['undo', 'redo'],
  // How a run was rolled back.
  'src/workflow/runtime/roll-back.ts': ['undo'],
};

const root = fileURLToPath(new URL('..', import.meta.url));
const files = ['src', 'tools', 'demo'].flatMap((folder) => listFiles(folder));
const sources = files.filter((file) => file.endsWith('.ts'));
const ours = sources.filter((file) => !file.startsWith('demo/'));
const commandNames = new Set(
  sources.filter((file) => /^tools\/\w+\//.test(file)).map((file) => basename(file, '.ts')),
);
const imports = new Map(sources.map((file) => [file, importsOf(file)]));

describe('the house', () => {
  it('gives every file a room with a row in the import table', () => {
    expect(ours.filter((file) => roomOf(file) === undefined)).toEqual([]);
  });

  it('lets each room import only what its row allows', () => {
    const offenders = ours.flatMap((file) =>
      internalImports(file)
        .filter((target) => !isAllowed(file, target))
        .map((target) => `${file} imports ${target}`),
    );
    expect(offenders).toEqual([]);
  });

  it('has no import cycles', () => {
    expect(findCycle()).toBeNull();
  });

  it('keeps each package in its place', () => {
    const offenders = ours.flatMap((file) =>
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
    expect(ours.filter((file) => /(?<![.\w])console\.\w+\(/.test(code(file)))).toEqual([]);
  });

  it('says nothing to a terminal but through the one way that makes control characters visible', () => {
    const writes = [...code('src/main.ts').matchAll(/process\.(?:stdout|stderr)\.write\(([^)]*)/g)];
    expect(writes.map(([, first]) => first).sort()).toEqual(["'', (", 'text', 'text']);
    expect(code('src/main.ts')).toMatch(/printTo\(\(text\) => process\.stdout\.write\(text\)\)/);
    expect(code('src/main.ts')).toMatch(/printTo\(\(text\) => process\.stderr\.write\(text\)\)/);
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

  it('has no file over 500 lines, generated ones aside', () => {
    const long = [...sources, ...listFiles('test'), ...listFiles('scripts')]
      .filter((file) => /\.(ts|mjs)$/.test(file) && !file.endsWith('.gen.ts'))
      .filter((file) => text(file).split('\n').length > 501);
    expect(long).toEqual([]);
  });

  it('names files in kebab case, commands in snake case like the command, WAAPI functions like their URI', () => {
    const odd = sources.filter((file) => {
      const name = basename(file).replace(/(\.gen)?\.ts$/, '');
      if (file.startsWith('tools/')) return !/^[a-z][a-z0-9_]*$/.test(name);
      if (file.startsWith('src/embedded/functions/ak.')) return !/^ak\.[A-Za-z.]+$/.test(name);
      return !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name);
    });
    expect(odd).toEqual([]);
  });

  it('knows no command by name outside tools/, but for texts that name tools', () => {
    const named = ours
      .filter((file) => /^src\/(bus|workflow|facades)\//.test(file) && !file.endsWith('.gen.ts'))
      .flatMap((file) =>
        [...code(file).matchAll(/'(\w+)'|"(\w+)"|`(\w+)`/g)]
          .map((match) => snakeCase(match[1] ?? match[2] ?? match[3] ?? ''))
          .filter((word) => commandNames.has(word) && !mayMention(file, word))
          .map((word) => `${file} names ${word}`),
      );
    expect(named).toEqual([]);
  });

  it('says in ten lines what lives in a room of more than 15 files, where to begin, what may not be known there', () => {
    const rooms = Object.keys(mayImport).filter(
      (room) => ours.filter((file) => file.endsWith('.ts') && roomOf(file) === room).length > 15,
    );
    expect(rooms.length).toBeGreaterThan(8);
    const silent = rooms.filter((room) => {
      const said = files.includes(`${room}README.md`) ? text(`${room}README.md`) : '';
      const isWhole = said.includes('\nBegin with ') && said.includes('\nNot known here: ');
      return !isWhole || said.trimEnd().split('\n').length > 10;
    });
    expect(silent).toEqual([]);
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

  it('has no barrel: the only index.ts is the library’s', () => {
    expect(sources.filter((file) => basename(file) === 'index.ts')).toEqual(['src/index.ts']);
    expect(ours.filter((file) => /^export \* /m.test(code(file)))).toEqual([]);
  });

  it('uses no default exports', () => {
    expect(ours.filter((file) => /^export default /m.test(code(file)))).toEqual([]);
  });
});

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
  for (const start of ours) {
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

function mayMention(file: string, command: string): boolean {
  return mentions[file]?.some((known) => known === '*' || known === command) === true;
}

function snakeCase(word: string): string {
  return word.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function packageName(specifier: string): string {
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? '');
}

/** The file without comments, so that a word in prose is no offence. */
function code(file: string): string {
  return text(file)
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '');
}

function text(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

function listFiles(folder: string): string[] {
  const absolute = join(root, folder);
  try {
    return readdirSync(absolute, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(dirname(absolute).length + 1)
          .replaceAll('\\', '/'),
      )
      .sort();
  } catch {
    return [];
  }
}
