import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { commandsByName } from '../../src/core/dispatch/find-command.ts';
import { silentLog } from '../../src/core/log.ts';
import { openSqliteStores } from '../../src/stores/sqlite/sqlite-stores.ts';
import { compileWorkflow } from '../../src/workflow/compiler/compile.ts';
import { membersOf } from '../../src/workflow/compiler/schema/schema-kinds.ts';
import { nodeKinds, ownKinds } from '../../src/workflow/nodes/catalog.ts';
import { readPresets } from '../../src/workflow/remote/presets/read-presets.ts';
import { createRemote } from '../../src/workflow/remote/remote.ts';
import { createRunner } from '../../src/workflow/runtime/runner.ts';
import { commands } from '../../tools/catalog.ts';
import { mailRoom } from '../harness/mail-room.ts';
import { outsideOf } from '../harness/outside.ts';
import { standIn } from '../harness/stand-in-service.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { emptyShelf, shelfBus } from './harness.ts';

const dir = tempDir('node-kinds');
const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, 'src/workflow/nodes');
/** Files that hold a kind, by what they export. */
const kindFiles = readdirSync(folder).filter(
  (file) =>
    file.endsWith('.ts') && /^export const \w+: OwnKind = /m.test(readFileSync(join(folder, file), 'utf8')),
);
const fileOf = (type: string) => type.replaceAll('_', '-');
const page = readFileSync(join(root, 'docs/node-kinds.md'), 'utf8');

const remote = createRemote({
  presets: readPresets([{ dir: join(root, 'presets'), isOwn: false }]),
  programs: ['wc'],
});

/** What the examples of kinds ask that reach outside, at the address that is their input `server`. */
const exampleService = (app: Hono): void => {
  app.post('/jobs', (c) => c.json({ id: 'j1' }));
  app.get('/jobs/j1', (c) => c.json({ state: 'done', text: 'rain.wav' }));
  app.post('/chat/completions', (c) =>
    c.json({ choices: [{ message: { content: '{"name":"SFX_Rain_Metal_01"}' } }] }),
  );
  app.get('/words', (c) => c.json({ words: [{ text: `about ${c.req.query('theme')}` }] }));
};

describe('every kind of node that is no command', () => {
  it('is a file of its own, called as its type, and in the catalog', () => {
    expect(kindFiles.map((file) => file.replace('.ts', '')).sort()).toEqual(
      ownKinds.map(({ type }) => fileOf(type)).sort(),
    );
  });

  it.each(ownKinds.map(({ type }) => type))('is tested: %s', (type) => {
    expect(existsSync(join(root, `test/workflow/nodes/${fileOf(type)}.test.ts`))).toBe(true);
  });

  it.each(ownKinds.map(({ type }) => type))('has its section in the page of the kinds: %s', (type) => {
    expect(page).toContain(`\n## ${type}\n`);
  });

  it.each(
    ownKinds.flatMap(({ type, examples }) =>
      examples.map(({ title, workflow }) => ({ type, title, workflow })),
    ),
  )('has examples that use it, and run: $type, $title', async ({ type, workflow }) => {
    const bus = shelfBus(emptyShelf());
    const stores = openSqliteStores(null);
    const plan = compileWorkflow(workflow, bus);
    expect(plan.nodes.map(({ kind }) => kind)).toContain(type);
    expect(plan.warnings).toEqual([]);
    const service = await standIn(exampleService);
    const { port } = await mailRoom();
    const input = {
      ...(plan.inputs.server === undefined ? {} : { server: service.url }),
      ...(plan.inputs.mailServer === undefined ? {} : { mailServer: '127.0.0.1', port }),
    };
    const runner = createRunner({ bus, log: silentLog, outside: outsideOf(dir), remote, store: stores.runs });
    expect(await runner.run(plan, { input })).toMatchObject({ ok: true });
    await stores.close();
  });
});

describe('every kind of node', () => {
  const all = nodeKinds(commands);
  const byName = commandsByName(commands);

  it('is frozen, and has names that no other has', () => {
    expect(all.filter((kind) => !Object.isFrozen(kind)).map(({ type }) => type)).toEqual([]);
    const names = all.flatMap(({ type, aliases }) => [...new Set([type, ...aliases])]);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(ownKinds.filter(({ type }) => byName.has(type)).map(({ type }) => type)).toEqual([]);
  });

  it('has no output that hides one of its ports', () => {
    const hidden = all.filter(({ ports, output }) => {
      const outputs = Object.keys(membersOf(output, 'output') ?? {});
      return ports.some((port) => outputs.includes(port));
    });
    expect(hidden.map(({ type }) => type)).toEqual([]);
  });
});
