import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, type JsonObject } from '../../../src/core/json.ts';
import { inTurns } from '../../../src/core/turns/turns.ts';
import { importFilesInto } from '../../../src/embedded/audio/importing/import-files-into.ts';
import { coreAudioImport } from '../../../src/embedded/functions/audio/ak.wwise.core.audio.import.ts';
import type { WwiseObject } from '../../../src/embedded/model/model.ts';
import { createProject } from '../../../src/embedded/project/new-project/new-project.ts';
import { openProject } from '../../../src/embedded/project/open-project.ts';
import type { OpenedProject } from '../../../src/embedded/project/opened-project.ts';
import { functionContext } from '../../harness/function-context.ts';
import { copySample, samplesDir } from '../../harness/sample-project.ts';
import { tempDir } from '../../harness/temp-dir.ts';
import { chunk, toneBytes, waveBytes, writeTone } from '../../harness/wave.ts';

const dir = tempDir('import-test');

const home = '\\Containers\\Default Work Unit';
let projects = 0;
let project: OpenedProject;
let projectDir: string;
let wave: string;

beforeEach(async () => {
  projectDir = join(dir, `p${projects++}`);
  const projectFile = join(projectDir, 'Demo.wproj');
  createProject(projectFile, { languages: ['English(US)', 'French(France)'] });
  project = await openProject(projectFile);
  wave = join(projectDir, 'in', 'shot.wav');
  writeTone(wave);
});
afterEach(() => project.close());

async function runImport(args: JsonObject, options: JsonObject = {}): Promise<JsonObject> {
  return coreAudioImport.run(args, options, functionContext(project));
}

async function importOne(entry: JsonObject, more: JsonObject = {}): Promise<JsonObject> {
  return runImport({ ...more, imports: [entry] }, { return: ['name', 'type', 'path'] });
}

function object(path: string): WwiseObject {
  const found = project.model.byPath(path);
  if (found === undefined) throw new Error(`nothing at ${path}`);
  return found;
}

function names(result: JsonObject): unknown[] {
  return asJsonArray(result.objects).map((row) => asJsonObject(row).name);
}

function messages(result: JsonObject): string[] {
  return asJsonArray(result.log).map(
    (entry) => `${asJsonObject(entry).severity}: ${asJsonObject(entry).message}`,
  );
}

function originals(...folder: string[]): string[] {
  const at = join(project.originalsDir, ...folder);
  return readdirSync(at, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.wav'))
    .sort();
}

describe('importing a file', () => {
  it('makes the Sound with its source, the source first, and a copy in Originals', async () => {
    const result = await importOne({ audioFile: wave, objectPath: `${home}\\<Sound SFX>Shot` });
    expect(result.log).toEqual([]);
    expect(result.objects).toEqual([
      { name: 'shot', type: 'AudioFileSource', path: `${home}\\Shot\\shot` },
      { name: 'Shot', type: 'Sound', path: `${home}\\Shot` },
    ]);
    const copy = join(project.originalsDir, 'SFX', 'shot.wav');
    expect(result.files).toEqual([copy]);
    expect(readFileSync(copy).equals(readFileSync(wave))).toBe(true);
    expect(project.model.activeSource(object(`${home}\\Shot`))?.name).toBe('shot');
  });

  it('makes the containers of the path, each listed before what it holds', async () => {
    const objectPath = `${home}\\<Property Container>Guns\\<Sequence Container>Rifle\\<Sound SFX>Shot`;
    const result = await importOne({ audioFile: wave, objectPath });
    expect(names(result)).toEqual(['Guns', 'Rifle', 'shot', 'Shot']);
    expect(project.model.property(object(`${home}\\Guns\\Rifle`), 'RandomOrSequence')).toBe(0);
  });

  it('finds its place from an import location, from a GUID and under the old root names', async () => {
    const unit = object(home).id;
    const result = await runImport({
      default: { audioFile: wave, objectType: 'Sound SFX', importLocation: home },
      imports: [
        { objectPath: 'A' },
        { objectPath: `${unit}\\B` },
        { objectPath: '\\Actor-Mixer Hierarchy\\Default Work Unit\\C' },
      ],
    });
    expect(result.log).toEqual([]);
    expect(object(home).children.map((child) => child.name)).toEqual(['A', 'B', 'C']);
    expect(originals()).toEqual([join('SFX', 'shot.wav')]);
  });

  it('puts voices under their language and makes the Sound a voice', async () => {
    const result = await runImport({
      default: { objectPath: `${home}\\<Sound Voice>Hello`, originalsSubFolder: 'Intro\\One' },
      imports: [
        { audioFile: wave, objectPath: `${home}\\<Sound Voice>Hello`, importLanguage: 'English(US)' },
        { audioFile: wave, objectPath: `${home}\\<Sound Voice>Hello`, importLanguage: 'French(France)' },
      ],
    });
    expect(result.log).toEqual([]);
    const sound = object(`${home}\\Hello`);
    expect(project.model.property(sound, 'IsVoice')).toBe(true);
    expect(originals('Voices')).toEqual([
      join('English(US)', 'Intro', 'One', 'shot.wav'),
      join('French(France)', 'Intro', 'One', 'shot.wav'),
    ]);
    const french = project.model.activeSource(sound, 'French(France)');
    expect(french && project.model.audioFile(french)).toMatchObject({ relativePath: 'Intro\\One\\shot.wav' });
  });

  it('takes the bytes from audioFileBase64 and the source name from the path', async () => {
    const audioFileBase64 = `Steps\\step.wav|${toneBytes().toString('base64')}`;
    const result = await importOne({
      audioFileBase64,
      objectPath: `${home}\\<Sound SFX>Step\\<AudioFileSource>Left`,
    });
    expect(result.log).toEqual([]);
    expect(names(result)).toEqual(['Step', 'Left']);
    expect(originals('SFX')).toEqual([join('Steps', 'step.wav')]);
  });

  it('sets notes, properties given as text or number, and references', async () => {
    const result = await importOne({
      audioFile: wave,
      objectPath: `${home}\\<Sound SFX>Shot`,
      notes: 'close',
      audioSourceNotes: 'take 3',
      '@Volume': '-6.5',
      '@IsLoopingEnabled': true,
      '@OutputBus': '\\Busses\\Default Work Unit\\Main Audio Bus',
    });
    expect(result.log).toEqual([]);
    const shot = object(`${home}\\Shot`);
    expect(shot.notes).toBe('close');
    expect(object(`${home}\\Shot\\shot`).notes).toBe('take 3');
    expect(project.model.property(shot, 'Volume')).toBe(-6.5);
    expect(project.model.reference(shot, 'OutputBus')?.name).toBe('Main Audio Bus');
  });

  it('makes the Event that plays it, once', async () => {
    const entry = {
      audioFile: wave,
      objectPath: `${home}\\<Sound SFX>Shot`,
      event: '\\Events\\Default Work Unit\\Guns\\Play_Shot@Play',
    };
    expect(names(await importOne(entry))).toEqual(['shot', 'Shot', 'Guns', 'Play_Shot']);
    await importOne(entry);
    const event = object('\\Events\\Default Work Unit\\Guns\\Play_Shot');
    expect(event.children).toHaveLength(1);
    expect(event.children[0] && project.model.reference(event.children[0], 'Target')?.name).toBe('Shot');
  });

  it('makes only the object when there is no file', async () => {
    const result = await importOne({ objectPath: `${home}\\<Random Container>Steps` });
    expect(result).toEqual({
      objects: [{ name: 'Steps', type: 'RandomSequenceContainer', path: `${home}\\Steps` }],
      files: [],
      log: [],
    });
  });

  it('is one step to undo', async () => {
    await runImport({
      imports: [
        { audioFile: wave, objectPath: `${home}\\<Sound SFX>A` },
        { audioFile: wave, objectPath: `${home}\\<Sound SFX>B` },
      ],
    });
    project.undo.undo();
    expect(object(home).children).toEqual([]);
    expect(project.isDirty).toBe(false);
  });
});

describe('importing over what exists', () => {
  const shot = { objectPath: `${home}\\<Sound SFX>Shot` };

  it('useExisting keeps the Sound and its source, and overwrites the file', async () => {
    await importOne({ ...shot, audioFile: wave });
    const before = object(`${home}\\Shot`);
    const source = before.children[0];
    writeTone(wave, { frequencyHz: 880 });
    const result = await importOne({ ...shot, audioFile: wave });
    expect(result.log).toEqual([]);
    expect(object(`${home}\\Shot`)).toBe(before);
    expect(before.children).toEqual([source]);
    expect(readFileSync(join(project.originalsDir, 'SFX', 'shot.wav')).equals(readFileSync(wave))).toBe(true);
    expect(names(result)).toEqual(['shot', 'Shot']);
  });

  it('replaceExisting makes the Sound anew', async () => {
    await importOne({ ...shot, audioFile: wave });
    const before = object(`${home}\\Shot`).id;
    await importOne({ ...shot, audioFile: wave }, { importOperation: 'replaceExisting' });
    expect(object(home).children.map((child) => child.name)).toEqual(['Shot']);
    expect(object(`${home}\\Shot`).id).not.toBe(before);
  });

  it('createNew makes another Sound, and another file only for another content', async () => {
    await importOne({ ...shot, audioFile: wave });
    await importOne({ ...shot, audioFile: wave }, { importOperation: 'createNew' });
    expect(originals('SFX')).toEqual(['shot.wav']);
    writeTone(wave, { frequencyHz: 880 });
    await importOne({ ...shot, audioFile: wave }, { importOperation: 'createNew' });
    expect(object(home).children.map((child) => child.name)).toEqual(['Shot', 'Shot_01', 'Shot_02']);
    expect(originals('SFX')).toEqual(['shot.wav', 'shot_01.wav']);
    const third = object(`${home}\\Shot_02`).children[0];
    expect(third && project.model.audioFile(third)?.relativePath).toBe('shot_01.wav');
  });

  it('a file that lies in Originals already is used where it is', async () => {
    const inPlace = join(project.originalsDir, 'SFX', 'Guns', 'far.wav');
    writeTone(inPlace);
    const result = await importOne({ ...shot, audioFile: inPlace });
    expect(result.files).toEqual([inPlace]);
    expect(originals('SFX')).toEqual([join('Guns', 'far.wav')]);
  });

  it('warns when an overwritten file is played by others', async () => {
    await importOne({ ...shot, audioFile: wave });
    await importOne({ objectPath: `${home}\\<Sound SFX>Other`, audioFile: wave });
    writeTone(wave, { frequencyHz: 880 });
    const [warning] = messages(await importOne({ ...shot, audioFile: wave }));
    expect(warning).toMatch(/^Warning: .*overwritten.*\\Other\\shot\.$/);
  });
});

describe('an entry that cannot be imported', () => {
  async function refusalOf(entry: JsonObject): Promise<string> {
    const result = await runImport({
      imports: [entry, { audioFile: wave, objectPath: `${home}\\<Sound SFX>Good` }],
    });
    expect(object(home).children.map((child) => child.name)).toEqual(['Good']);
    expect(asJsonObject(asJsonArray(result.log)[0])).toMatchObject({ severity: 'Error', index: 0 });
    expect(originals()).toEqual([join('SFX', 'shot.wav')]);
    return messages(result).join('\n');
  }
  const bad = `${home}\\<Property Container>P\\<Sound SFX>Bad`;

  it('leaves an Error in the log and no object, and the others go on', async () => {
    const missing = join(projectDir, 'in', 'missing.wav');
    expect(await refusalOf({ audioFile: missing, objectPath: bad })).toContain(`"${missing}" does not exist`);
    const text = join(projectDir, 'in', 'notes.wav');
    writeFileSync(text, 'just notes');
    project.undo.undo();
    rmSync(project.originalsDir, { recursive: true });
    expect(await refusalOf({ audioFile: text, objectPath: bad })).toContain(
      'is a text file, not a WAVE file',
    );
  });

  const cases: readonly (readonly [string, JsonObject, string])[] = [
    ['an unknown type', { objectPath: `${home}\\<Sond SFX>Bad` }, 'Did you mean "Sound SFX"'],
    [
      'a missing Work Unit',
      { objectPath: '\\Containers\\Gone\\<Sound SFX>Bad' },
      'leads through no existing Work Unit',
    ],
    ['no import location', { objectPath: 'Bad' }, 'has no importLocation'],
    [
      'a place for no Sound',
      { objectPath: '\\Events\\Default Work Unit\\<Sound SFX>Bad' },
      'A Sound cannot be a child of \\Events\\Default Work Unit',
    ],
    ['no Work Unit', { objectPath: '\\Containers\\<Sound SFX>Bad' }, 'needs a Work Unit'],
    ['an unknown language', { objectPath: bad, importLanguage: 'english(us)' }, 'Did you mean "English(US)"'],
    [
      'a voice as SFX',
      { objectPath: `${home}\\<Sound Voice>Bad`, importLanguage: 'SFX' },
      'takes audio in a language',
    ],
    ['an unknown property', { objectPath: bad, '@Volum': 1 }, 'Did you mean "Volume"'],
    ['a value out of range', { objectPath: bad, '@Volume': 900 }, '900 is outside'],
    [
      'a folder outside',
      { objectPath: bad, originalsSubFolder: '..\\..\\x' },
      'must be a folder below Originals',
    ],
    [
      'a folder that Windows keeps for itself',
      { objectPath: bad, originalsSubFolder: 'Feet\\aux' },
      'The folder "aux" of originalsSubFolder "Feet\\aux" cannot be made on Windows',
    ],
    ['a folder that ends with a dot', { objectPath: bad, originalsSubFolder: 'Feet.' }, 'it ends with a dot'],
    [
      'an unknown action',
      { objectPath: bad, event: '\\Events\\Default Work Unit\\E@Plai' },
      'Did you mean "Play"',
    ],
    ['an Event in no Work Unit', { objectPath: bad, event: '\\Events\\E@Play' }, 'Default Work Unit'],
    [
      'a Switch assignment without a Switch Container',
      { objectPath: bad, switchAssignation: '<Switch Group:A>B' },
      'needs a Switch Container',
    ],
    [
      'a Dialogue Event in no Work Unit',
      { objectPath: bad, dialogueEvent: '\\Dynamic Dialogue\\D' },
      'lies in no existing Work Unit of \\Dynamic Dialogue',
    ],
    [
      'audio for a container',
      { objectPath: `${home}\\<Random Container>Bad` },
      'Music Segments, not into a RandomSequenceContainer',
    ],
  ];
  it('says when the bytes are no Base64, or no WAVE file', async () => {
    const text = toneBytes().toString('base64');
    const broken = `a.wav|${text.slice(0, 40)}*${text.slice(41)}`;
    expect(await refusalOf({ audioFileBase64: broken, objectPath: bad })).toContain('is not Base64');
    expect(await refusalOf({ audioFileBase64: 'a.wav|AAAA', objectPath: bad })).toContain('not a WAVE file');
  });

  it.each([
    ['samples of 0 bits', { bitsPerSample: 0 }, 'says that its samples have 0 bits'],
    [
      'floating-point samples of 64 bits',
      { formatTag: 3, bitsPerSample: 64 },
      'floating-point samples of 64 bits',
    ],
    ['samples of 20 bits', { bitsPerSample: 20 }, 'has PCM samples of 20 bits'],
    ['mu-law', { formatTag: 7, bitsPerSample: 8 }, 'is not PCM but mu-law'],
    ['3,000 channels', { channels: 3000 }, 'says that it has 3000 channels, more than 255'],
    ['a sample rate of 4 GHz', { sampleRate: 4_000_000_000 }, 'its sample rate is 4000000000 Hz'],
    ['a sample rate of 10 Hz', { sampleRate: 10 }, 'its sample rate is 10 Hz, not 1000 to 384000'],
  ])('refuses a WAVE file whose header says %s', async (_name, odd, reason) => {
    const body = Buffer.alloc(16);
    const { formatTag, channels, sampleRate, bitsPerSample } = {
      ...{ formatTag: 1, channels: 1, sampleRate: 48_000, bitsPerSample: 16 },
      ...odd,
    };
    body.writeUInt16LE(formatTag, 0);
    body.writeUInt16LE(channels, 2);
    body.writeUInt32LE(sampleRate, 4);
    body.writeUInt16LE(8, 12);
    body.writeUInt16LE(bitsPerSample, 14);
    const bytes = waveBytes(chunk('fmt ', body), chunk('data', Buffer.alloc(64)));
    const audioFileBase64 = `odd.wav|${bytes.toString('base64')}`;
    expect(await refusalOf({ audioFileBase64, objectPath: bad })).toContain(reason);
    expect(existsSync(join(project.originalsDir, 'SFX', 'odd.wav'))).toBe(false);
  });

  it.each(cases)('says what is wrong: %s', async (_name, entry, message) => {
    expect(await refusalOf({ audioFile: wave, ...entry })).toContain(message);
  });

  it('keeps an object of another type that has the name', async () => {
    await importOne({ objectPath: `${home}\\<Property Container>Shot` });
    for (const importOperation of ['useExisting', 'replaceExisting']) {
      const result = await importOne(
        { audioFile: wave, objectPath: `${home}\\<Sound SFX>Shot` },
        { importOperation },
      );
      expect(messages(result)[0]).toContain('is a PropertyContainer, not a Sound');
    }
    expect(object(`${home}\\Shot`).type).toBe('PropertyContainer');
  });
});

describe('the nested import of object.set', () => {
  function into(path: string, ...files: JsonObject[]) {
    return project.edit('Set', 1, (editor) => inTurns(importFilesInto(object(path), files, project, editor)));
  }

  it('gives an empty Sound its source, and makes it a voice for a language', async () => {
    await project.edit('Create', 1, (editor) =>
      editor.create(object(home), { type: 'Sound', name: 'Hello' }),
    );
    const done = await into(`${home}\\Hello`, {
      audioFile: wave,
      language: 'French(France)',
      originalsSubFolder: 'Sub',
    });
    expect(done.log).toEqual([{ severity: 'Message', message: 'Finalizing Importation...' }]);
    expect(done.objects.map((made) => made.name)).toEqual(['shot']);
    expect(done.files).toEqual([join(project.originalsDir, 'Voices', 'French(France)', 'Sub', 'shot.wav')]);
    expect(project.model.property(object(`${home}\\Hello`), 'IsVoice')).toBe(true);
  });

  it('makes a Sound per file in a Work Unit', async () => {
    const other = join(projectDir, 'in', 'other.wav');
    writeTone(other, { frequencyHz: 220 });
    const done = await into(home, { audioFile: wave }, { audioFile: other });
    expect(done.log).toEqual([{ severity: 'Message', message: 'Finalizing Importation...' }]);
    expect(done.objects.map((made) => `${made.type} ${made.name}`)).toEqual([
      'AudioFileSource shot',
      'Sound shot',
      'AudioFileSource other',
      'Sound other',
    ]);
  });

  it('lets an existing source play the file', async () => {
    await importOne({ audioFile: wave, objectPath: `${home}\\<Sound SFX>Shot` });
    const other = join(projectDir, 'in', 'other.wav');
    writeTone(other, { frequencyHz: 220 });
    const source = object(`${home}\\Shot\\shot`);
    const done = await into(`${home}\\Shot\\shot`, { audioFile: other });
    expect(done.objects).toEqual([source]);
    expect(project.model.audioFile(source)?.relativePath).toBe('other.wav');
    expect(existsSync(join(project.originalsDir, 'SFX', 'other.wav'))).toBe(true);
  });

  it('says what it cannot import into', async () => {
    mkdirSync(join(projectDir, 'in'), { recursive: true });
    const done = await into('\\Busses\\Default Work Unit\\Main Audio Bus', { audioFile: wave });
    expect(done.objects).toEqual([]);
    expect(done.log[0]?.message).toContain('not into a Bus');
  });
});

const samples = [
  ['gyms-2022.1', 'Gyms.wproj', '\\Actor-Mixer Hierarchy\\Default Work Unit', 'ActorMixer'],
  ['pywwise-2024.1', 'PyWwise.wproj', '\\Actor-Mixer Hierarchy\\Default Work Unit', 'ActorMixer'],
  ['godot-tests-2025.1', 'GodotTests.wproj', '\\Containers\\Default Work Unit', 'PropertyContainer'],
] as const;
describe.skipIf(!existsSync(samplesDir))(
  'importing into a project that Wwise saved (needs the shared projects)',
  () => {
    it.each(samples)(
      '%s gains the objects in its own form, and nothing else changes',
      async (name, file, unit, type) => {
        const copy = copySample(name, dir);
        const opened = await openProject(join(copy, file));
        const objectPath = `${unit}\\<Property Container>Imported\\<Sound SFX>Shot`;
        const args = { imports: [{ audioFile: wave, objectPath }] };
        const result = await coreAudioImport.run(args, { return: ['type'] }, functionContext(opened));
        expect(result.log).toEqual([]);
        expect(result.objects).toEqual([{ type }, { type: 'AudioFileSource' }, { type: 'Sound' }]);
        const { savedFiles } = opened.save();
        expect(savedFiles).toHaveLength(1);
        opened.close();
        const again = await openProject(join(copy, file));
        expect(again.brokenFiles).toEqual([]);
        const shot = again.model.byPath(`${unit}\\Imported\\Shot`);
        expect(shot && again.model.activeSource(shot)?.name).toBe('shot');
        again.close();
      },
    );
  },
);
