import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { embeddedFunctions } from '../../../src/embedded/functions/catalog.ts';
import { onlyReads } from '../../../src/wwise/connection/reading-functions.ts';
import { withEngine } from '../../harness/engine.ts';

const folder = fileURLToPath(new URL('../../../src/embedded/functions', import.meta.url));
const uris = embeddedFunctions({ productVersion: '0.0.0', installDir: '', userDir: '' }).map(
  ({ uri }) => uri,
);
const tests = textsBelow(fileURLToPath(new URL('..', import.meta.url)));

/** How the last word of a URI begins, and whether such a function changes anything. A new verb is put into one of them. */
const readingVerbs = 'diff get is ping validate'.split(' ');
const changingVerbs = [
  ...'add begin cancel check clear close commit copy create delete destroy enable end execute'.split(' '),
  ...'generate import load move mute open paste prepare process redo register remove reset revert'.split(' '),
  ...'save set solo undo unload unregister use'.split(' '),
];

describe('every WAAPI function', () => {
  it('has a file of its name, and every such file is in the catalog', () => {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => basename(path));
    const named = files.filter((name) => /^ak\..*\.ts$/.test(name)).map((name) => name.replace(/\.ts$/, ''));
    expect(named.sort()).toEqual([...uris].sort());
  });

  it('is called by a test of the engine', () => {
    const names = (uri: string) => [uri, uri.replace('ak.wwise.core.', '')];
    const called = new Set(
      [...tests.matchAll(/\b(?:call|refused|post|expectDocumented)\(\s*'([\w.]+)'/g)].map(([, name]) => name),
    );
    expect(uris.filter((uri) => !names(uri).some((name) => called.has(name)))).toEqual([]);
  });

  it('begins with a verb that says whether it changes something', () => {
    expect(uris.filter((uri) => ![...readingVerbs, ...changingVerbs].includes(verbOf(uri)))).toEqual([]);
  });

  it('is listed as reading when it reads, and only then: what reads is sent again and shared', () => {
    const reading = uris.filter((uri) => readingVerbs.includes(verbOf(uri)));
    expect(uris.filter(onlyReads)).toEqual(reading);
  });
});

describe('functions without a window or a sound engine', () => {
  it('answer as Wwise does, and refuse what is not there', () =>
    withEngine(async (room) => {
      expect(await room.call('ak.wwise.debug.enableAutomationMode', { enable: true })).toEqual({});
      const object = '\\Containers\\Default Work Unit';
      expect(await room.call('transport.prepare', { object })).toEqual({});
      expect((await room.refused('transport.prepare', { object: '\\Nowhere' })).message).toContain(
        '\\Nowhere',
      );
    }));

  it('know the commands that clients add, as long as they are there', () =>
    withEngine(async (room) => {
      const commands = [{ id: 'studio.tidy', displayName: 'Tidy' }];
      const known = async () => (await room.call('ak.wwise.ui.commands.getCommands')).commands;
      const before = await known();
      expect(before).not.toContain('studio.tidy');
      await room.call('ak.wwise.ui.commands.register', { commands });
      expect(await known()).toContain('studio.tidy');
      await room.call('ak.wwise.ui.commands.unregister', { commands: ['studio.tidy'] });
      expect(await known()).toEqual(before);
    }));

  it('create a project and open it', () =>
    withEngine(async (room) => {
      const path = join(room.dir, 'Other', 'Other.wproj');
      await room.call('ak.wwise.ui.project.create', { path });
      expect(await room.call('getProjectInfo')).toMatchObject({ name: 'Other', path });
    }));
});

function verbOf(uri: string): string {
  return /^[a-z]+/.exec(uri.slice(uri.lastIndexOf('.') + 1))?.[0] ?? '';
}

function textsBelow(root: string): string {
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => readFileSync(join(root, name), 'utf8'))
    .join('\n');
}
