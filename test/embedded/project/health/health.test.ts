import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkProject } from '../../../../src/embedded/project/compare/check.ts';
import { openProject } from '../../../../src/embedded/project/open-project.ts';
import { eras, writeEraProject } from '../../../harness/era-project.ts';
import { guidOf, type SickProject, sickProject } from '../../../harness/sick-project.ts';
import { newTempDir } from '../../../harness/temp-dir.ts';
import { toneBytes } from '../../../harness/wave.ts';

let dir = '';
let project: SickProject;
beforeEach(() => {
  dir = newTempDir('health');
  project = sickProject(dir);
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const found = () =>
  checkProject(project.projectPath).health.map(({ kind, object, message }) => [kind, object.path, message]);

function sound(number: number, name: string, content = ''): string {
  return `<Sound Name="${name}" ID="${guidOf(number)}" ShortID="${number}">${content}</Sound>`;
}

function reference(name: string, number: number, more = `WorkUnitID="${guidOf(999)}"`): string {
  return `<Reference Name="${name}"><ObjectRef Name="Gone" ID="${guidOf(number)}" ${more}/></Reference>`;
}

function source(number: number, file: string): string {
  const content = `<Language>SFX</Language><AudioFile>${file}</AudioFile>`;
  return `<ChildrenList><AudioFileSource Name="a" ID="${guidOf(number)}">${content}</AudioFileSource></ChildrenList>`;
}

describe('what lies in files that no Wwise wrote so', () => {
  it('is reported when it lies where it may not, once for a whole subtree', () => {
    const folder = `<Folder Name="F" ID="${guidOf(2)}"><ChildrenList>${sound(3, 'A')}</ChildrenList></Folder>`;
    project.workUnit('Events/Odd.wwu', 'Events', 1, folder);
    project.workUnit(
      'Busses/Odd.wwu',
      'Busses',
      5,
      `<AuxBus Name="Alone" ID="${guidOf(6)}"><ChildrenList><Bus Name="In" ID="${guidOf(7)}"/></ChildrenList></AuxBus>`,
    );
    expect(found()).toEqual([
      ['misplaced', '\\Busses\\Odd\\Alone', 'AuxBus below WorkUnit: this hierarchy has none there.'],
      ['misplaced', '\\Events\\Odd\\F\\A', 'Sound below Folder: this hierarchy has none there.'],
    ]);
  });

  it('is reported when its name is another one’s in the project, whatever the case', () => {
    project.workUnit('Events/A.wwu', 'Events', 1, `<Event Name="Play" ID="${guidOf(2)}"/>`);
    project.workUnit('Events/B.wwu', 'Events', 3, `<Event Name="PLAY" ID="${guidOf(4)}"/>`);
    project.workUnit('States/S.wwu', 'States', 5, `<StateGroup Name="Play" ID="${guidOf(6)}"/>`);
    expect(found()).toEqual([
      [
        'twinName',
        '\\Events\\B\\PLAY',
        '\\Events\\A\\Play has its name too: a project has one Event of a name.',
      ],
    ]);
  });

  it('is reported when a sibling has its name, Work Units too; sources in two languages may', () => {
    const line = (number: number, language: string) =>
      `<AudioFileSource Name="Hello" ID="${guidOf(number)}"><Language>${language}</Language><AudioFile>Hello.wav</AudioFile></AudioFileSource>`;
    const spoken = sound(
      4,
      'Voice',
      `<ChildrenList>${line(5, 'English(US)')}${line(6, 'French')}</ChildrenList>`,
    );
    project.workUnit('Containers/Amb.wwu', 'Containers', 1, sound(2, 'Wind') + sound(3, 'WIND') + spoken);
    project.workUnit('Containers/Other.wwu', 'Containers', 7, '', 'Amb');
    expect(found().filter(([kind]) => kind === 'twinName')).toEqual([
      [
        'twinName',
        '\\Containers\\Amb\\WIND #2',
        'A Sound beside it has its name too: Wwise keeps names of siblings apart.',
      ],
      [
        'twinName',
        '\\Containers\\Amb #2',
        'A WorkUnit beside it has its name too: Wwise keeps names of siblings apart.',
      ],
    ]);
  });

  it.each(['Amb_BASE_1234', 'Amb_LOCAL_1', 'Amb_REMOTE_77', 'Amb.orig', 'Amb - Copy'])(
    'is reported when it is a second file of a Work Unit, as %s',
    (name) => {
      project.workUnit('Containers/Amb.wwu', 'Containers', 1, sound(2, 'Wind'));
      const copy = project.workUnit(`Containers/${name}.wwu`, 'Containers', 1, sound(2, 'Wind'), 'Amb');
      const [twin, ...others] = checkProject(project.projectPath).health;
      expect(others).toEqual([]);
      expect(twin).toMatchObject({
        kind: 'twinWorkUnit',
        filePath: copy,
        object: { path: '\\Containers\\Amb' },
      });
      expect(twin?.message).toContain(name === 'Amb - Copy' ? 'a copy of' : 'what a merge tool left');
    },
  );
});

describe('a reference to what is not in the project', () => {
  const rtpc = (more: string) =>
    `<ObjectLists><ObjectList Name="RTPC"><RTPC Name="" ID="${guidOf(20)}" ShortID="20"><ReferenceList>${reference('ControlInput', 901, more)}</ReferenceList></RTPC></ObjectList></ObjectLists>`;

  it.each([
    [
      'a reference',
      `<ReferenceList>${reference('Attenuation', 901)}</ReferenceList>`,
      'Its reference Attenuation leads',
    ],
    ['an RTPC', rtpc(`WorkUnitID="${guidOf(999)}"`), 'Its reference ControlInput leads'],
    [
      'a State',
      `<StateInfo><StateGroupList><StateGroupInfo><StateGroupRef Name="Gone" ID="${guidOf(901)}"/></StateGroupInfo></StateGroupList></StateInfo>`,
      'Its StateGroupList leads',
    ],
    [
      'a list of shared objects',
      `<ObjectLists><ObjectList Name="Things">${reference('', 901)}</ObjectList></ObjectLists>`,
      'leads to "Gone"',
    ],
    [
      'data of a plug-in',
      `<ReferenceList><Reference Name="Effect0"><Custom><Effect Name="E" ID="${guidOf(30)}" PluginName="X" CompanyID="0" PluginID="1" PluginType="3"><PluginData><GameParameter Name="Gone" ID="${guidOf(901)}"/></PluginData></Effect></Custom></Reference></ReferenceList>`,
      'Its plug-in data (GameParameter) leads',
    ],
  ])('is reported where it stands in %s', (_where, content, says) => {
    project.workUnit('Containers/Amb.wwu', 'Containers', 1, sound(2, 'Wind', content));
    const [dangling, ...others] = found();
    expect(others).toEqual([]);
    expect(dangling?.[0]).toBe('dangling');
    expect(dangling?.[2]).toContain(says);
    expect(dangling?.[2]).toContain(guidOf(901));
  });

  it('is none where Wwise itself is named, nor the null GUID, nor what a file that cannot be read may hold', () => {
    const none = `<ReferenceList><Reference Name="OutputBus"><ObjectRef Name="" ID="{00000000-0000-0000-0000-000000000000}"/></Reference></ReferenceList>`;
    project.workUnit('Containers/Amb.wwu', 'Containers', 1, sound(2, 'Wind', none + rtpc('')));
    expect(found()).toEqual([]);
    const elsewhere = `<ReferenceList>${reference('Attenuation', 901)}</ReferenceList>`;
    project.workUnit('Containers/Bad.wwu', 'Containers', 40, '<<<<<<< HEAD');
    project.workUnit('Containers/Amb.wwu', 'Containers', 1, sound(2, 'Wind', elsewhere));
    expect(found()).toEqual([]);
  });
});

describe('the original files', () => {
  const pointer = Buffer.from(
    `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 1\n`,
  );

  it.each([
    ['a pointer of Git LFS', pointer, 'is a Git LFS pointer'],
    ['an empty file', Buffer.alloc(0), 'is empty'],
    ['a text', Buffer.from('not audio at all'), 'is no audio file'],
    ['audio', toneBytes(), undefined],
  ])('are looked into: %s', (_what, bytes, says) => {
    project.original('SFX/a.wav', bytes);
    project.workUnit('Containers/Amb.wwu', 'Containers', 1, sound(2, 'Wind', source(3, 'a.wav')));
    const messages = found().map(([kind, , message]) => `${kind}: ${message}`);
    if (says === undefined) expect(messages).toEqual([]);
    else expect(messages).toEqual([expect.stringMatching(new RegExp(`^audio: .*${says}`))]);
  });

  it('are found whatever the case of their names, which is reported', async () => {
    project.original('SFX/Sub/a.wav', toneBytes());
    project.workUnit('Containers/Amb.wwu', 'Containers', 1, sound(2, 'Wind', source(3, 'SUB\\A.WAV')));
    const path = join(project.folder, 'Originals', 'SFX', 'Sub', 'a.wav');
    expect(found()).toEqual([['audioCase', '\\Containers\\Amb\\Wind\\a', expect.stringContaining(path)]]);
    const open = await openProject(project.projectPath, { lock: false });
    const node = open.model.byPath('\\Containers\\Amb\\Wind\\a');
    expect(node && open.model.audioFile(node)?.absolutePath).toBe(path);
    open.close();
  });
});

describe('a project that is opened, edited and saved', () => {
  it.each(eras)('has nothing to report, of schema %i', async (schema) => {
    const { projectPath, mixer } = writeEraProject(dir, schema);
    expect(checkProject(projectPath)).toMatchObject({
      differences: [],
      brokenFiles: [],
      duplicates: [],
      health: [],
    });
    const open = await openProject(projectPath);
    const parent = open.model.byPath(mixer);
    await open.edit('Add', 0, (editor) => parent && editor.create(parent, { type: 'Sound', name: 'New' }));
    open.save();
    open.close();
    expect(checkProject(projectPath)).toMatchObject({
      differences: [],
      brokenFiles: [],
      duplicates: [],
      health: [],
    });
  });
});
