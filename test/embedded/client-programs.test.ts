import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, type JsonObject } from '../../src/core/json.ts';
import { type EngineRoom, withEngine } from '../harness/engine.ts';
import { writeEraProject } from '../harness/era-project.ts';
import { writeTone } from '../harness/wave.ts';
import { guid, withWorkUnits, workUnitId } from '../harness/written-project.ts';

const home = '\\Containers\\Default Work Unit';

async function rows(room: EngineRoom, waql: string, ...expressions: string[]): Promise<JsonObject[]> {
  const result = await room.call('object.get', { waql }, { return: expressions });
  return asJsonArray(result.return).map(asJsonObject);
}

describe('programs that query', () => {
  it('return conditions under a name of their own', () =>
    withEngine(async (room) => {
      await room.call('object.create', { parent: home, type: 'Sound Voice', name: 'Line' });
      expect(
        await rows(
          room,
          '$ from type Sound where nodeType = "Sound Voice"',
          '(activeSource != null) as hasSource',
          '(name = "line" and !isPlayable) as silent',
          'this.{name, (Volume < 1) as quiet}',
        ),
      ).toEqual([
        {
          hasSource: false,
          silent: expect.any(Boolean),
          'this.{name, (Volume < 1) as quiet}': { name: 'Line', quiet: true },
        },
      ]);
    }));

  it('name properties that begin with a digit as any other', () =>
    withEngine(async (room) => {
      const { id } = await room.call('object.create', {
        ...{
          parent: home,
          type: 'Sound',
          name: 'Drone',
          '@OverridePositioning': true,
          '@3DSpatialization': 1,
        },
      });
      expect(await rows(room, `$ "${String(id)}" where 3DSpatialization = 1`, '3DSpatialization')).toEqual([
        { '3DSpatialization': 1 },
      ]);
    }));

  it('copy an RTPC by reading its curve and writing it elsewhere', () =>
    withEngine(async (room) => {
      const parameter = await room.call('object.create', {
        ...{ parent: '\\Game Parameters\\Default Work Unit', type: 'GameParameter', name: 'Speed' },
      });
      const points = [
        { x: 0, y: -12, shape: 'Linear' },
        { x: 100, y: 0, shape: 'Exp1' },
      ];
      const rtpc = { type: 'RTPC', name: '', '@PropertyName': 'Volume', '@ControlInput': parameter.id };
      const sound = (name: string, curve: unknown) => ({
        ...{ type: 'Sound', name, '@RTPC': [{ ...rtpc, '@Curve': curve }] },
      });
      await room.call('object.set', {
        objects: [{ object: home, children: [sound('From', { type: 'Curve', points })] }],
      } as JsonObject);
      const [read] = await rows(room, `$ "${home}\\From" select rtpc`, '@Curve');
      const { id, '@Flags': flags, ...curve } = asJsonObject(read?.['@Curve']);
      expect([id, flags, curve]).toEqual([expect.any(String), 3, { points }]);
      await room.call('object.set', {
        objects: [{ object: home, children: [sound('To', { ...curve, type: 'Curve' })] }],
      } as JsonObject);
      const [copied] = await rows(room, `$ "${home}\\To" select rtpc`, '@Curve');
      expect(asJsonObject(copied?.['@Curve']).points).toEqual(points);
    }));
});

describe('programs made for Wwise 2021 and 2022', () => {
  const attenuations = 'Attenuations/Default Work Unit.wwu';
  const sounds = 'Actor-Mixer Hierarchy/Default Work Unit.wwu';
  const reference = (name: string, target: string, id: string, workUnit: string) =>
    `<Reference Name="${name}"><ObjectRef Name="${target}" ID="${id}" WorkUnitID="${workUnit}"/></Reference>`;
  const wide = reference('Attenuation', 'Wide', guid(2), workUnitId(0));
  const files = {
    [attenuations]: `<Attenuation Name="Wide" ID="${guid(2)}"/>`,
    [sounds]: `<Sound Name="Door" ID="${guid(3)}" ShortID="3"><ReferenceList>${wide}</ReferenceList></Sound>`,
  };

  it.each([103, 110])('select the widest attenuation itself (schema %d)', (schema) =>
    withWorkUnits(schema, files, async (room) => {
      const query = '$ from type Sound select maxRadiusAttenuation';
      expect(await rows(room, query, 'name', 'type')).toEqual([{ name: 'Wide', type: 'Attenuation' }]);
      expect(await rows(room, '$ from type Sound', 'maxRadiusAttenuation.id')).toEqual([
        { 'maxRadiusAttenuation.id': guid(2) },
      ]);
    }),
  );
});

describe('programs that create', () => {
  it('give numbers and booleans as text', () =>
    withEngine(async (room) => {
      const query = { parent: '\\Queries\\Default Work Unit', type: 'Query', name: 'Temporary' };
      await room.call('object.create', { ...query, '@LogicalOperator': '1', '@ObjectType': '10' });
      await room.call('object.create', { parent: home, type: 'Sound', name: 'Text' });
      const text = { object: `${home}\\Text` };
      await room.call('object.setProperty', { ...text, property: 'Volume', value: '-3.5' });
      await room.call('object.setProperty', { ...text, property: 'OverrideOutput', value: 'True' });
      expect(await rows(room, `$ "${home}\\Text"`, '@Volume', '@OverrideOutput')).toEqual([
        { '@Volume': -3.5, '@OverrideOutput': true },
      ]);
      for (const value of ['loud', '', '1e', '-'])
        expect((await room.refused('object.setProperty', { ...text, property: 'Volume', value })).uri).toBe(
          'ak.wwise.invalid_property',
        );
    }));

  it('turn a mixer inside a mixer into a Virtual Folder', () =>
    withEngine(async (room) => {
      const children = [{ type: 'ActorMixer', name: 'Inner', children: [{ type: 'Sound', name: 'Step' }] }];
      const outer = await room.call('object.create', {
        parent: home,
        type: 'ActorMixer',
        name: 'Outer',
        children,
      });
      const inner = `${home}\\Outer\\Inner`;
      const folder = { parent: outer.id ?? '', type: 'Folder', name: 'InnerTemp', notes: '' };
      await room.call('object.create', folder);
      await room.call('object.move', { object: `${inner}\\Step`, parent: `${inner}Temp` });
      await room.call('object.delete', { object: inner });
      await room.call('object.setName', { object: `${inner}Temp`, value: 'Inner' });
      expect(await rows(room, `$ "${home}\\Outer" select descendants`, 'type', 'path')).toEqual([
        { type: 'Folder', path: inner },
        { type: 'Sound', path: `${inner}\\Step` },
      ]);
    }));

  it('name types as the user interface does', () =>
    withEngine(async (room) => {
      for (const type of ['Virtual Folder', 'Actor-Mixer'])
        await room.call('object.create', { parent: home, type, name: type });
      expect(await rows(room, `$ "${home}" select children`, 'type')).toEqual([
        { type: 'Folder' },
        { type: 'PropertyContainer' },
      ]);
    }));
});

describe('programs that set up music', () => {
  it('write the rules of transitions, which all have one name', () =>
    withEngine(async (room) => {
      const parts = ['Calm', 'Fight'].map((name) => ({ type: 'MusicPlaylistContainer', name }));
      const music = { type: 'MusicSwitchContainer', name: 'Music', children: parts };
      await room.call('object.set', { objects: [{ object: home, children: [music] }] });
      const rule = { type: 'MusicTransition', name: 'Transition', '@ExitSourceAt': 0 };
      const toPart = ({ name }: { name: string }) => ({
        ...{ ...rule, '@DestinationContextType': 2, '@EnableSourceFadeOut': 1 },
        '@DestinationContextObject': `${home}\\Music\\${name}`,
      });
      const children = [rule, ...parts.map(toPart)];
      const root = { type: 'MusicTransition', name: '', '@IsFolder': true, children };
      await room.call('object.set', {
        objects: [{ object: `${home}\\Music`, '@TransitionRoot': root }],
        ...{ onNameConflict: 'merge', listMode: 'replaceAll' },
      });
      expect(
        await rows(
          room,
          `$ "${home}\\Music" select musicTransitionRoot.children`,
          ...['name', '@DestinationContextObject.name', '@EnableSourceFadeOut', '@ExitSourceAt'],
        ),
      ).toEqual([
        { name: 'Transition', '@EnableSourceFadeOut': false, '@ExitSourceAt': 0 },
        ...parts.map(({ name }) => ({
          ...{ name: 'Transition', '@DestinationContextObject.name': name },
          ...{ '@EnableSourceFadeOut': true, '@ExitSourceAt': 0 },
        })),
      ]);
      await room.call('project.save');
      const file = join(room.project.filePath, '..', 'Containers', 'Default Work Unit.wwu');
      const rules = readFileSync(file, 'utf8').match(
        /<MusicTransition Name="Transition"[\s\S]*?<\/MusicTransition>/g,
      );
      expect(rules?.filter((text) => /<TransitionInfo\/>\s*<\/MusicTransition>$/.test(text))).toHaveLength(5);
    }));
});

describe('programs that import', () => {
  it('give file names for object names: Wwise writes an underscore for each dot', () =>
    withEngine(async (room) => {
      const audioFile = join(room.dir, 'in', 'door.slam.wav');
      writeTone(audioFile);
      const done = await room.call('audio.import', {
        importOperation: 'useExisting',
        default: { importLanguage: 'SFX' },
        imports: [{ audioFile, objectPath: `${home}\\<Sound>door.slam.wav` }],
      });
      expect(asJsonArray(done.objects).map((object) => asJsonObject(object).name)).toEqual([
        'door_slam',
        'door_slam_wav',
      ]);
      expect(done.files).toEqual([join(room.dir, 'Test', 'Originals', 'SFX', 'door.slam.wav')]);
    }));
});

describe('programs that look after voices', () => {
  it('give a line silence until it is recorded, and report the languages of all its sources', () =>
    withEngine(async (room) => {
      const line = { parent: home, type: 'Sound', name: 'Line', '@IsVoice': true };
      const { id } = await room.call('object.create', line);
      const language = 'English(US)';
      const silence = {
        type: 'SourcePlugin',
        name: `Silence_${language}`,
        classId: 6619138,
        '@Length': 3,
        language,
      };
      await room.call('object.set', { objects: [{ object: String(id), children: [silence] }] } as JsonObject);
      const languages = () =>
        rows(room, `from object "${String(id)}" select children`, 'type', 'audioSource:language');
      const english = { 'audioSource:language': { id: expect.any(String), name: language } };
      expect(await languages()).toEqual([{ type: 'SourcePlugin', ...english }]);

      writeTone(join(room.dir, 'line.wav'));
      const { objects } = await room.call('audio.import', {
        importOperation: 'createNew',
        default: { objectType: 'Sound', importLanguage: language },
        imports: [
          { audioFile: join(room.dir, 'line.wav'), importLocation: String(id), objectPath: '<Sound>Line' },
        ],
      });
      const [source] = asJsonArray(objects).map(asJsonObject);
      await room.call('object.setProperty', {
        object: String(source?.id),
        property: 'FadeInDuration',
        value: 0.1,
      });
      expect(await languages()).toEqual([
        { type: 'SourcePlugin', ...english },
        { type: 'AudioFileSource', ...english },
      ]);
    }));
});

describe('programs that ask what is selected', () => {
  it('hear of nothing until a client has objects found in the Project Explorer', () =>
    withEngine(async (room) => {
      const selected = async () => (await room.call('ak.wwise.ui.getSelectedObjects', {}, returned)).objects;
      const returned = { return: ['name', 'parent.name'] };
      const find = (command: string, ...objects: string[]) =>
        room.call('ak.wwise.ui.commands.execute', { command, objects });
      const heard: unknown[] = [];
      await room.session.subscribe('ak.wwise.ui.selectionChanged', returned, (reported) =>
        heard.push(reported.objects),
      );
      for (const name of ['Door', 'Gate'])
        await room.call('object.create', { parent: home, type: 'Sound', name });
      expect(await selected()).toEqual([]);

      await find('FindInProjectExplorerSyncGroup1', `${home}\\Gate`, `${home}\\Door`, `${home}\\Gate`);
      const both = ['Gate', 'Door'].map((name) => ({ name, 'parent.name': 'Default Work Unit' }));
      expect([await selected(), heard]).toEqual([both, [both]]);

      await room.call('object.delete', { object: `${home}\\Door` });
      expect(await selected()).toEqual(both.slice(0, 1));
      await find('FindInProjectExplorerSelectionChannel2');
      expect(await selected()).toEqual([]);
    }));

  it.each([
    [103, ['SyncGroup1', 'NoSyncGroup']],
    [110, ['SelectionChannel1', 'NewPinnedView']],
    [133, ['SelectionChannel1', 'NewPinnedView']],
  ] as const)(
    'find the commands of schema %i by their names, and may give those of others',
    (schema, names) =>
      withEngine(
        async (room) => {
          const { commands } = await room.call('ak.wwise.ui.commands.getCommands');
          const find = (where: string) => `FindInProjectExplorer${where}`;
          const finders = asJsonArray(commands).filter((name) => String(name).startsWith(find('')));
          expect(finders).toHaveLength(5);
          expect(finders).toEqual(expect.arrayContaining(names.map(find)));
          for (const where of ['SyncGroup4', 'SelectionChannel4', 'NoSyncGroup', 'NewPinnedView'])
            await room.call('ak.wwise.ui.commands.execute', { command: find(where), objects: ['\\Events'] });
        },
        (dir) => writeEraProject(dir, schema).projectPath,
      ),
  );

  it('undo and redo by command, and learn which commands need a window', () =>
    withEngine(async (room) => {
      const execute = { uri: 'ak.wwise.ui.commands.execute' } as const;
      await room.call('object.create', { parent: home, type: 'Sound', name: 'Door' });
      await room.call(execute.uri, { command: 'Undo' });
      expect(await rows(room, '$ from type Sound', 'name')).toEqual([]);
      await room.call(execute.uri, { command: 'Redo' });
      expect(await rows(room, '$ from type Sound', 'name')).toEqual([{ name: 'Door' }]);
      const refused = await room.refused(execute.uri, { command: 'ConvertAllPlatform' });
      expect([refused.uri, refused.details.command]).toEqual(['ak.wwise.unavailable', 'ConvertAllPlatform']);
    }));
});

describe('programs that add commands', () => {
  const commands = 'ak.wwise.ui.commands';

  it('take theirs away first, register them, and do their work when another client executes one', () =>
    withEngine(async (room) => {
      const heard: JsonObject[] = [];
      const returned = { return: ['name', 'sound:originalWavFilePath'] };
      await room.session.subscribe(`${commands}.executed`, returned, (reported) => heard.push(reported));
      const ids = ['studio.tidy', 'studio.report'];
      expect(await room.call(`${commands}.unregister`, { commands: ids })).toEqual({});
      const menu = {
        contextMenu: { basePath: 'Studio', visibleFor: 'Sound' },
        mainMenu: { basePath: 'Studio' },
      };
      const added = ids.map((id) => ({ id, displayName: id, defaultShortcut: 'T', ...menu }));
      expect(await room.call(`${commands}.register`, { commands: added })).toEqual({});
      expect((await room.call(`${commands}.getCommands`)).commands).toEqual(
        expect.arrayContaining(['Undo', 'FindInProjectExplorerSelectionChannel1', ...ids]),
      );

      await room.call('object.create', { parent: home, type: 'Sound', name: 'Door' });
      const colleague = room.openSession();
      const door = { objects: [`${home}\\Door`] };
      const execute = (args: JsonObject) => colleague.call(`${commands}.execute`, args, {});
      expect(await execute({ command: 'studio.tidy', ...door, platforms: ['Windows'] })).toEqual({});
      await execute({ command: 'FindInProjectExplorerSyncGroup1', ...door });
      await execute({ command: 'studio.report' });
      await room.call('ping');
      const objects = [{ name: 'Door' }];
      expect(heard).toEqual([
        { command: 'studio.tidy', objects, platforms: ['Windows'] },
        { command: 'FindInProjectExplorerSyncGroup1', objects, platforms: [] },
        { command: 'studio.report', objects, platforms: [] },
      ]);

      await room.call(`${commands}.unregister`, { commands: ids });
      const gone = await room.refused(`${commands}.execute`, { command: 'studio.tidy' });
      expect(gone.uri).toBe('ak.wwise.unavailable');
    }));

  it('that start a program learn that this instance starts none', () =>
    withEngine(async (room) => {
      const edit = { id: 'studio.edit', displayName: 'Edit', program: 'code', args: '-n', cwd: '' };
      await room.call(`${commands}.register`, { commands: [edit] });
      const refused = await room.refused(`${commands}.execute`, { command: 'studio.edit' });
      expect(refused.details).toEqual({ command: 'studio.edit', program: 'code' });
    }));

  it('mute and solo by command', () =>
    withEngine(async (room) => {
      await room.call('object.create', { parent: home, type: 'Sound', name: 'Door' });
      const execute = (command: string, value?: boolean) =>
        room.call(`${commands}.execute`, {
          command,
          objects: [`${home}\\Door`],
          ...(value === undefined ? {} : { value }),
        });
      const heard = async () =>
        (await rows(room, '$ from type Sound', 'isExplicitMute', 'isExplicitSolo'))[0];
      await execute('Mute', true);
      await execute('Solo');
      expect(await heard()).toEqual({ isExplicitMute: true, isExplicitSolo: true });
      await execute('Mute');
      await room.call(`${commands}.execute`, { command: 'ResetAllSolos' });
      expect(await heard()).toEqual({ isExplicitMute: false, isExplicitSolo: false });
    }));
});

describe('programs that change files behind the project', () => {
  it('close it, edit, and open it again', () =>
    withEngine(async (room) => {
      const path = room.project.filePath;
      await room.call('object.create', { parent: home, type: 'Sound', name: 'Door' });
      const asking = await room.refused('ak.wwise.ui.project.close', { bypassSave: false });
      expect(asking.uri).toBe('ak.wwise.locked');
      await room.call('project.save');
      expect(await room.call('ak.wwise.ui.project.close', { bypassSave: true })).toEqual({
        hadProjectOpen: true,
      });
      const file = join(path, '..', 'Containers', 'Default Work Unit.wwu');
      writeFileSync(file, readFileSync(file, 'utf8').replace('"Door"', '"Gate"'));
      await room.call('ak.wwise.ui.project.open', { path, bypassSave: true });
      expect(await rows(room, '$ from type Sound', 'name')).toEqual([{ name: 'Gate' }]);
    }));
});
