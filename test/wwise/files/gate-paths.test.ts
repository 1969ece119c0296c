import { existsSync, mkdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asJsonObject, type Json, type JsonObject } from '../../../src/core/json.ts';
import { silentLog } from '../../../src/core/log.ts';
import { connectWaapi } from '../../../src/wwise/connection/connect.ts';
import { createConnection } from '../../../src/wwise/connection/connection.ts';
import type { Waapi } from '../../../src/wwise/connection/waapi.ts';
import { type FileArgument, fileArguments } from '../../../src/wwise/files/file-arguments.ts';
import { gatePaths } from '../../../src/wwise/files/gate-paths.ts';
import { createPathMap } from '../../../src/wwise/files/path-map.ts';
import { newTempDir } from '../../harness/temp-dir.ts';
import { writeTone } from '../../harness/wave.ts';
import { type FakeWwise, fakeWwise } from '../connection/fake-wwise.ts';

let dir: string;
let allowed: string;
let project: string;
let fake: FakeWwise;
let connection: Waapi;
/** Outside of everything, in every spelling. Each is one of an existing file and of one that does not exist. */
let outside: readonly string[];

beforeAll(async () => {
  dir = realpathSync(newTempDir('gate'));
  allowed = join(dir, 'allowed');
  project = join(dir, 'Game');
  for (const folder of [join(allowed, 'sub'), join(project, 'Originals', 'SFX'), join(dir, 'allowed2')])
    mkdirSync(folder, { recursive: true });
  for (const file of ['secret.wav', 'allowed/in.wav', 'allowed2/near.wav', 'Game/Originals/SFX/ours.wav'])
    writeTone(join(dir, file));
  symlinkSync(dir, join(allowed, 'out'));
  symlinkSync(join(dir, 'secret.wav'), join(allowed, 'link.wav'));
  symlinkSync(join(dir, 'not yet.wav'), join(allowed, 'dangling.wav'));
  symlinkSync(dir, join(project, 'Originals', 'out'));
  const files = [
    join(dir, 'secret.wav'),
    join(dir, 'missing.wav'),
    '/etc/passwd',
    join(dir, 'allowed2/near.wav'),
  ];
  outside = [
    ...files,
    ...files.map((file) => `Z:${file.replaceAll('/', '\\')}`),
    ...files.map((file) => `z:${file}`),
    ...files.map((file) => pathToFileURL(file).href),
    ...files.map((file) => `${allowed}/sub/../../${relative(dir, file)}`),
    ...files.map((file) => `${allowed}\\sub\\..\\..\\${relative(dir, file).replaceAll('/', '\\')}`),
    join(allowed, 'out', 'secret.wav'),
    join(allowed, 'out', 'missing', 'deep.wav'),
    join(allowed, 'link.wav'),
    join(allowed, 'dangling.wav'),
    'C:\\Windows\\System32\\drivers\\etc\\hosts',
    'c:/Windows/win.ini',
    '\\\\server\\share\\x.wav',
    '\\\\?\\C:\\x.wav',
    '//server/share/x.wav',
    'file://server/share/x.wav',
    `${allowed}/in.wav\0.txt`,
    `${allowed}/../secret.wav`,
    `  ${join(dir, 'secret.wav')}`,
  ];
  fake = await fakeWwise();
  fake.onCall = (call) => call.result({});
  connection = createConnection({ open: () => connectWaapi(fake.url), address: fake.url, log: silentLog });
});
afterAll(async () => {
  await connection.close();
  await fake.close();
  rmSync(dir, { recursive: true, force: true });
});

const gated = (changes: { readonly mayWrite?: boolean; readonly projectDir?: string } = {}) =>
  gatePaths(connection, {
    allowedDirs: [allowed],
    startDir: allowed,
    toLocal: createPathMap({ host: 'mac', homeDir: '/nowhere' }).toLocal,
    projectDirs: async () => ({
      dir: changes.projectDir ?? project,
      originalsDir: join(changes.projectDir ?? project, 'Originals'),
    }),
    mayWrite: changes.mayWrite ?? true,
  });

const sent = async (uri: string, args: JsonObject): Promise<JsonObject> => {
  await gated().call(uri, args);
  return fake.calls.at(-1)?.args ?? {};
};

describe('the check of paths in calls', () => {
  it('refuses what lies outside, in each argument of the table and in every spelling, before a call is sent', async () => {
    const before = fake.calls.length;
    let tried = 0;
    for (const row of fileArguments)
      for (const path of outside) {
        const value =
          row.access === 'originals' && row.argument.includes('Base64') ? `${path}|UklGRg==` : path;
        await expect(
          gated().call(row.uri, argumentsWith(row, value)),
          `${row.uri} ${row.argument} ${JSON.stringify(path)}`,
        ).rejects.toMatchObject({ code: 'PATH_NOT_ALLOWED', hint: expect.stringMatching(/./) });
        tried += 1;
      }
    expect(fake.calls.length).toBe(before);
    expect(tried).toBe(fileArguments.length * outside.length);
  });

  it('refuses relative paths that lead out of what they count from', async () => {
    const before = fake.calls.length;
    for (const row of fileArguments.filter(
      ({ when }) => when === undefined || when === 'sets a path property',
    ))
      for (const path of [
        '../../secret.wav',
        '..\\..\\secret.wav',
        'sub/../../../secret.wav',
        '../../allowed2/near.wav',
      ])
        await expect(
          gated().call(row.uri, argumentsWith(row, path)),
          `${row.uri} ${row.argument} ${path}`,
        ).rejects.toMatchObject({ code: 'PATH_NOT_ALLOWED' });
    expect(fake.calls.length).toBe(before);
  });

  it('lets through what lies inside, and sends the path that was checked', async () => {
    const file = join(allowed, 'in.wav');
    for (const path of [
      file,
      'in.wav',
      'sub/../in.wav',
      'sub\\..\\in.wav',
      `Z:${file.replaceAll('/', '\\')}`,
      pathToFileURL(file).href,
    ])
      expect(
        await sent('ak.wwise.core.audio.import', { imports: [{ audioFile: path, objectPath: '\\X' }] }),
      ).toEqual({
        imports: [{ audioFile: file, objectPath: '\\X' }],
      });
    const ours = join(project, 'Originals', 'SFX', 'ours.wav');
    const deep = { objects: [{ object: '\\X', children: [{ import: { files: [{ audioFile: ours }] } }] }] };
    expect(await sent('ak.wwise.core.object.set', deep)).toEqual(deep);
    const controlled = { files: ['SFX\\ours.wav'] };
    expect(await sent('ak.wwise.core.sourceControl.getStatus', controlled)).toEqual({ files: [ours] });
  });

  it('says against what a relative path was resolved', async () => {
    const call = gated().call('ak.wwise.core.audio.importTabDelimited', { importFile: '../secret.wav' });
    await expect(call).rejects.toThrow(`counted from "${allowed}"`);
  });

  it('distinguishes writing from reading: the folder of the project may be read, and no file is written over', async () => {
    const tone = (path: string) => gated().call('ak.wwise.debug.generateToneWAV', { path });
    await expect(tone(join(project, 'Originals', 'new.wav'))).rejects.toMatchObject({
      code: 'PATH_NOT_ALLOWED',
    });
    await expect(tone(join(allowed, 'in.wav'))).rejects.toMatchObject({ code: 'FILE_CONFLICT' });
    expect(await sent('ak.wwise.debug.generateToneWAV', { path: 'sub/new.wav' })).toEqual({
      path: join(allowed, 'sub', 'new.wav'),
    });
  });

  it('writes nothing in a preview', async () => {
    const before = fake.calls.length;
    const preview = gated({ mayWrite: false });
    for (const row of fileArguments.filter(({ access, asGiven }) => access === 'write' && asGiven !== true))
      await expect(
        preview.call(row.uri, argumentsWith(row, join(allowed, 'sub', 'x.wproj'))),
      ).rejects.toThrow('not tried in a preview');
    expect(fake.calls.length).toBe(before);
  });

  it('looks through every row of an import file, as either reading of its quotes has it', async () => {
    const before = fake.calls.length;
    const secret = join(dir, 'secret.wav');
    const rows = [
      `Object Path\tAudio File\n\\X\t${join(allowed, 'in.wav')}\n\\Y\t${secret}\n`,
      `Audio-File\tObjectPath\n../secret.wav\t\\Y\n`,
      `Object Path\tAUDIO FILE\r\n\\Y\t"${secret}"\r\n`,
      `Notes\tAudio File\tObject Path\n"open\t${secret}\t\\Y\n`,
      `Notes\tAudio File\tObject Path\n"two\nlines"\t${secret}\t\\Y\n`,
      `Originals Sub Folder\tObject Path\n..\\..\\x\t\\Y\n`,
      `Audio File Base64\tObject Path\n..\\..\\x.wav|UklGRg==\t\\Y\n`,
    ];
    for (const [index, text] of rows.entries())
      for (const bytes of [Buffer.from(text), Buffer.from(`\ufeff${text}`, 'utf16le')]) {
        const importFile = join(allowed, `rows ${index}.txt`);
        writeFileSync(importFile, bytes);
        await expect(
          gated().call('ak.wwise.core.audio.importTabDelimited', { importFile }),
          JSON.stringify(text),
        ).rejects.toMatchObject({ code: 'PATH_NOT_ALLOWED' });
      }
    expect(fake.calls.length).toBe(before);
    writeFileSync(join(allowed, 'good.txt'), 'Notes\tAudio File\tObject Path\n/etc is a word\tin.wav\t\\Y\n');
    await sent('ak.wwise.core.audio.importTabDelimited', { importFile: 'good.txt' });
  });

  it('looks through every entry of a list of external sources', async () => {
    const before = fake.calls.length;
    const secret = join(dir, 'secret.wav');
    const lists = [
      `<ExternalSourcesList><Source Path="${secret}"/></ExternalSourcesList>`,
      `<ExternalSourcesList Root="${dir}"><Source Path="secret.wav"/></ExternalSourcesList>`,
      `<ExternalSourcesList><Source Conversion="a > b" Path='..&#47;secret.wav'/></ExternalSourcesList>`,
      `<ExternalSourcesList><Source Path="in.wav" Destination="..\\..\\x.wem"/></ExternalSourcesList>`,
    ];
    for (const [index, text] of lists.entries()) {
      const input = join(allowed, `list ${index}.wsources`);
      writeFileSync(input, text);
      const call = gated().call('ak.wwise.core.soundbank.convertExternalSources', {
        sources: [{ input, platform: 'Windows', output: join(allowed, 'sub') }],
      });
      await expect(call, text).rejects.toMatchObject({ code: 'PATH_NOT_ALLOWED' });
    }
    expect(fake.calls.length).toBe(before);
  });

  it('refuses a list of external sources that two readers may read differently', async () => {
    const secret = join(dir, 'secret.wav');
    const lists = [
      `<ExternalSourcesList><Source Path="in.wav" Path="${secret}"/></ExternalSourcesList>`,
      `<ExternalSourcesList><Source " Path="${secret}"/></ExternalSourcesList>`,
      `<ExternalSourcesList><Source Path=${secret}/></ExternalSourcesList>`,
      `<ExternalSourcesList><Source Path="${secret}/></ExternalSourcesList>`,
    ];
    for (const [index, text] of lists.entries()) {
      const input = join(allowed, `unclear ${index}.wsources`);
      writeFileSync(input, text);
      const call = gated().call('ak.wwise.core.soundbank.convertExternalSources', {
        sources: [{ input, platform: 'Windows', output: join(allowed, 'sub') }],
      });
      await expect(call, text).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
    }
  });

  it('checks every text that looks like a file in what no reference documents', async () => {
    const before = fake.calls.length;
    const unknown: readonly (readonly [string, JsonObject])[] = [
      ['ak.wwise.core.future.render', { target: join(dir, 'x.wav') }],
      ['ak.wwise.core.future.render', { deep: [{ er: ['\\\\server\\x.wav'] }] }],
      ['ak.wwise.core.object.setNotes', { object: '\\X', value: 'x', copyTo: 'C:\\x.txt' }],
      ['ak.wwise.core.executeLuaScript', { luaString: 'return 1', target: join(dir, 'x.wav') }],
    ];
    for (const [uri, args] of unknown)
      await expect(gated().call(uri, args), uri).rejects.toMatchObject({ code: 'PATH_NOT_ALLOWED' });
    expect(fake.calls.length).toBe(before);
    const notes = { object: '\\Containers\\X', value: '/etc/passwd is only a note' };
    expect(await sent('ak.wwise.core.object.setNotes', notes)).toEqual(notes);
    const objects = { target: '\\Containers\\X', value: 'a/b' };
    expect(await sent('ak.wwise.core.future.render', objects)).toEqual(objects);
  });

  it('compares by its words a project that only Wwise sees', async () => {
    const unseen = gated({ projectDir: 'C:\\Work\\Game' });
    const files = (file: string) => unseen.call('ak.wwise.core.sourceControl.add', { files: [file] });
    await files('c:/work/GAME/Originals/SFX/a.wav');
    for (const file of [
      'C:\\Work\\Game2\\a.wav',
      'C:\\Work\\Game\\..\\a.wav',
      'D:\\Work\\Game\\a.wav',
      '..\\..\\a.wav',
    ])
      await expect(files(file), file).rejects.toMatchObject({ code: 'PATH_NOT_ALLOWED' });
  });

  it('leaves no trace of its own', () => {
    expect(existsSync(join(dir, 'not yet.wav'))).toBe(false);
  });
});

/** Arguments with this value where the row says, and what makes it a path there. */
function argumentsWith(row: FileArgument, value: string): JsonObject {
  if (row.uri === 'ak.wwise.core.object.setProperty')
    return { object: '\\X', property: 'SoundBankPaths', value };
  const argument = row.argument
    .replace('**.*', 'imports[].children[].@SoundBankPaths')
    .replace('**', 'a[].b');
  const args = nested(
    argument.split('.').flatMap((step) => (step.endsWith('[]') ? [step.slice(0, -2), '[]'] : [step])),
    value,
  );
  const [first] = Array.isArray(args.filters) ? args.filters : [];
  return first === undefined ? args : { filters: [{ type: 'audioSimilarity', value }] };
}

function nested(steps: readonly string[], value: string): JsonObject {
  const wrap = (inner: Json, step: string): Json => (step === '[]' ? [inner] : { [step]: inner });
  return asJsonObject(steps.toReversed().reduce<Json>(wrap, value));
}
