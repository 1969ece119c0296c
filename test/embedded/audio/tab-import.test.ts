import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, type JsonObject } from '../../../src/core/json.ts';
import { type EngineRoom, withEngine } from '../../harness/engine.ts';
import { writeTone } from '../../harness/wave.ts';

const home = '\\Containers\\Default Work Unit';

/** Writes the table and imports it; gives the answer and what the log says. */
async function importTable(
  room: EngineRoom,
  table: string | Buffer,
  more: JsonObject = {},
): Promise<{ objects: readonly unknown[]; log: readonly JsonObject[] }> {
  const importFile = join(room.dir, 'in', 'table.txt');
  writeTone(join(room.dir, 'in', 'step.wav'));
  writeFileSync(importFile, table);
  const args = { importLanguage: 'SFX', importOperation: 'useExisting', importFile, ...more };
  const { objects } = await room.call('audio.importTabDelimited', args, { return: ['type', 'path'] });
  const { items } = await room.call('log.get', { channel: 'general' });
  return { objects: asJsonArray(objects), log: asJsonArray(items).map(asJsonObject) };
}

async function read(room: EngineRoom, path: string, ...expressions: string[]): Promise<JsonObject> {
  const found = await room.call('object.get', { waql: `$ "${path}"` }, { return: expressions });
  return asJsonObject(asJsonArray(found.return)[0]);
}

function table(...rows: readonly (readonly string[])[]): string {
  return rows.map((row) => row.join('\t')).join('\r\n');
}

describe('a tab-delimited import', () => {
  it('makes an object per row, with files, values, notes and Events', () =>
    withEngine(async (room) => {
      const { objects, log } = await importTable(
        room,
        table(
          [
            ...[
              'Audio File',
              'Object Path',
              'Object Type',
              'OriginalsSubFolder',
              'Notes',
              'Audio Source Notes',
            ],
            ...['Property[Volume]', 'Reference[OutputBus]', 'Event'],
          ],
          [
            ...[
              'step.wav',
              `${home}\\<Property Container>Feet\\Step`,
              'Sound SFX',
              'Feet',
              '"left\r\nfoot"',
              'dry',
            ],
            ...[
              '-3.5',
              '\\Busses\\Default Work Unit\\Main Audio Bus',
              '\\Events\\Default Work Unit\\Play_Step@Play',
            ],
          ],
          ['', `${home}\\<Random Container>Empty`, '', '', '', '', '', '', ''],
        ),
      );
      expect(log).toEqual([]);
      expect(objects).toEqual([
        { type: 'PropertyContainer', path: `${home}\\Feet` },
        { type: 'AudioFileSource', path: `${home}\\Feet\\Step\\step` },
        { type: 'Sound', path: `${home}\\Feet\\Step` },
        { type: 'Event', path: '\\Events\\Default Work Unit\\Play_Step' },
        { type: 'RandomSequenceContainer', path: `${home}\\Empty` },
      ]);
      expect(
        await read(room, `${home}\\Feet\\Step`, 'notes', 'activeSource.notes', '@Volume', '@OutputBus.name'),
      ).toEqual({
        notes: 'left\r\nfoot',
        'activeSource.notes': 'dry',
        '@Volume': -3.5,
        '@OutputBus.name': 'Main Audio Bus',
      });
      expect(existsSync(join(room.project.originalsDir, 'SFX', 'Feet', 'step.wav'))).toBe(true);
      await room.call('undo.undo');
      expect(room.project.model.byPath(`${home}\\Feet`)).toBeUndefined();
    }));

  it('reads what a spreadsheet saves as Unicode text, and paths relative to the import location', () =>
    withEngine(async (room) => {
      const text = table(['audio file', 'OBJECT PATH'], ['step.wav', '<Sound SFX>Schritt_ü']);
      const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
      const { objects } = await importTable(room, utf16, { importLocation: home });
      expect(objects.at(-1)).toEqual({ type: 'Sound', path: `${home}\\Schritt_ü` });
    }));

  it('logs the rows it cannot do, with file and line, and does the others', () =>
    withEngine(async (room) => {
      const { objects, log } = await importTable(
        room,
        table(
          ['Audio File', 'Object Path'],
          ['gone.wav', `${home}\\<Sound SFX>A`],
          ['step.wav', `${home}\\<Sound SFX>B`],
        ),
      );
      expect(objects).toHaveLength(2);
      expect(log).toEqual([
        expect.objectContaining({
          severity: 'Error',
          message: expect.stringMatching(/table\.txt:2: .*gone\.wav" does not exist/),
        }),
      ]);
    }));

  it('makes a Virtual Folder of every name without a type, but no Work Unit', () =>
    withEngine(async (room) => {
      const { objects, log } = await importTable(
        room,
        table(
          ['Audio File', 'Object Path', 'Object Type'],
          ['step.wav', `${home}\\VO\\Scene\\Line`, 'Sound Voice'],
          ['', `${home}\\VO\\Empty`, ''],
          ['step.wav', '\\Containers\\Default Work Unti\\Line', 'Sound SFX'],
        ),
        { importLanguage: 'English(US)' },
      );
      expect(objects).toEqual([
        { type: 'Folder', path: `${home}\\VO` },
        { type: 'Folder', path: `${home}\\VO\\Scene` },
        { type: 'AudioFileSource', path: `${home}\\VO\\Scene\\Line\\step` },
        { type: 'Sound', path: `${home}\\VO\\Scene\\Line` },
        { type: 'Folder', path: `${home}\\VO\\Empty` },
      ]);
      expect(log).toEqual([
        expect.objectContaining({
          message: expect.stringContaining(
            'leads through no existing Work Unit: \\Containers has no "Default Work Unti". Did you mean "Default Work Unit"?',
          ),
        }),
      ]);
    }));

  it('takes columns by the names the user interface shows, with @, and several of one kind', () =>
    withEngine(async (room) => {
      const { log } = await importTable(
        room,
        table(
          ['Audio File', 'Object Path', 'Property[Voice Volume]', '@Pitch', '~Output Bus', 'Event', 'Event'],
          [
            ...['step.wav', `${home}\\<Sound SFX>Step`, '-2', '100'],
            ...['\\Busses\\Default Work Unit\\Main Audio Bus', 'Feet\\Step', 'Feet\\Step_Stop@Stop'],
          ],
        ),
      );
      expect(log).toEqual([]);
      const expressions = ['@Volume', '@Pitch', '@OutputBus.name'];
      expect(await read(room, `${home}\\Step`, ...expressions)).toEqual({
        ...{ '@Volume': -2, '@Pitch': 100, '@OutputBus.name': 'Main Audio Bus' },
      });
      const feet = '\\Events\\Default Work Unit\\Feet';
      expect(await read(room, feet, 'type', 'children.name', 'children.children.@ActionType')).toEqual({
        ...{
          type: 'Folder',
          'children.name': ['Step', 'Step_Stop'],
          'children.children.@ActionType': [1, 2],
        },
      });
    }));

  it('names an object after its file where a row has no path, below the import location', () =>
    withEngine(async (room) => {
      const { objects } = await importTable(room, table(['Audio File', 'Object Path'], ['step.wav', '']), {
        importLocation: home,
      });
      expect(objects.at(-1)).toEqual({ type: 'Sound', path: `${home}\\step` });
    }));

  it('bears rows that end with a tab, but no cell beyond the columns', () =>
    withEngine(async (room) => {
      const path = `${home}\\<Random Container>Hit\\<Sound Voice>Hit_01`;
      const rows = `\ufeffAudio File\tObject Path\t\nstep.wav\t${path}\t\t\n`;
      const { objects } = await importTable(room, rows, { importLanguage: 'English(US)' });
      expect(objects).toContainEqual({ type: 'Sound', path: `${home}\\Hit\\Hit_01` });
      await expect(importTable(room, 'Audio File\tObject Path\nstep.wav\tStep\tloud\n')).rejects.toThrow(
        'has the cell "loud" in line 2, beyond its 2 columns.',
      );
    }));

  it('refuses a file it does not understand as a whole', () =>
    withEngine(async (room) => {
      await expect(importTable(room, table(['Audio File', 'Objekt Path']))).rejects.toThrow(
        'has a column "Objekt Path" that no import knows. Did you mean "Object Path"?',
      );
      await expect(importTable(room, table(['Audio File']))).rejects.toThrow('no column "Object Path"');
      await expect(importTable(room, '')).rejects.toThrow('is empty');
    }));
});

describe('an import into an object that is there', () => {
  it('goes by its GUID as the path, or as the location of an empty path: a source speaks of itself alone', () =>
    withEngine(async (room) => {
      const { objects } = await importTable(
        room,
        table(['Audio File', 'Object Path'], ['step.wav', `${home}\\<Sound SFX>Step`]),
      );
      expect(objects).toHaveLength(2);
      const options = ['id', 'activeSource.id as source', 'originalFilePath as file'];
      const { id, source, file } = await read(room, `${home}\\Step`, ...options);
      const again = (objectPath: string, importLocation?: unknown) =>
        room.call(
          'audio.import',
          {
            ...{ importOperation: 'useExisting', autoAddToSourceControl: false },
            default: { importLanguage: 'SFX', ...(importLocation === undefined ? {} : { importLocation }) },
            imports: [{ audioFile: file, objectPath }],
          } as JsonObject,
          { return: ['id'] },
        );
      const done = { files: [file], log: [] };
      expect(await again('', source)).toEqual({ ...done, objects: [{ id: source }] });
      expect(await again(String(source))).toEqual({ ...done, objects: [{ id: source }] });
      expect(await again(String(id))).toEqual({ ...done, objects: [{ id: source }, { id }] });
      expect((await again('')).log).toEqual([
        expect.objectContaining({
          message: 'The objectPath is empty, and the import has no importLocation.',
        }),
      ]);
      expect(await read(room, `${home}\\Step`, 'childrenCount')).toEqual({ childrenCount: 1 });
    }));
});

describe('an import below a Sound', () => {
  it('that names that Sound fills it, and makes no other beside it', () =>
    withEngine(async (room) => {
      writeTone(join(room.dir, 'step.wav'));
      const { id } = await room.call('object.create', { parent: home, type: 'Sound', name: 'Step' });
      const fill = (objectPath: string) =>
        room.call(
          'audio.import',
          {
            importOperation: 'createNew',
            default: { objectType: 'Sound', importLanguage: 'SFX' },
            imports: [
              {
                audioFile: `${room.project.filePath}/../../step.wav`,
                importLocation: String(id),
                objectPath,
              },
            ],
          },
          { return: ['type', 'path'] },
        );
      const { objects, log } = await fill('<Sound>Step');
      expect(log).toEqual([]);
      expect(objects).toEqual([
        { type: 'AudioFileSource', path: `${home}\\Step\\step` },
        { type: 'Sound', path: `${home}\\Step` },
      ]);
      expect((await fill('<Sound>Other')).log).toEqual([
        expect.objectContaining({ message: expect.stringContaining('A Sound cannot be a child of') }),
      ]);
      expect(await read(room, home, 'childrenCount')).toEqual({ childrenCount: 1 });
    }));
});

describe('a switch assignation', () => {
  const surfaces = '\\Switches\\Default Work Unit\\Surface';

  async function prepare(room: EngineRoom): Promise<void> {
    await room.call('object.create', {
      parent: '\\Switches\\Default Work Unit',
      type: 'SwitchGroup',
      name: 'Surface',
      children: [
        { type: 'Switch', name: 'Dirt' },
        { type: 'Switch', name: 'Wood' },
      ],
    });
    writeTone(join(room.dir, 'step.wav'));
  }

  async function assign(room: EngineRoom, path: string, switchAssignation: string): Promise<unknown> {
    const entry = { audioFile: join(room.dir, 'step.wav'), objectPath: path, switchAssignation };
    return (await room.call('audio.import', { imports: [entry] })).log;
  }

  it('gives a new Switch Container its group and assigns the child of it, however deep the object is', () =>
    withEngine(async (room) => {
      await prepare(room);
      const foot = `${home}\\<Switch Container>Foot`;
      expect(await assign(room, `${foot}\\<Sound SFX>A`, `<Switch Group:${surfaces}>Dirt`)).toEqual([]);
      expect(await assign(room, `${foot}\\<Random Container>B\\<Sound SFX>B1`, 'Wood')).toEqual([]);
      expect(await assign(room, `${home}\\Foot\\A`, '<Switch Group:Surface>Dirt')).toEqual([]);
      const { return: assignments } = await room.call('switchContainer.getAssignments', {
        id: String((await read(room, `${home}\\Foot`, 'id')).id),
      });
      const idOf = async (path: string) => (await read(room, path, 'id')).id;
      expect(assignments).toEqual([
        { child: await idOf(`${home}\\Foot\\A`), stateOrSwitch: await idOf(`${surfaces}\\Dirt`) },
        { child: await idOf(`${home}\\Foot\\B`), stateOrSwitch: await idOf(`${surfaces}\\Wood`) },
      ]);
    }));

  it('is refused before anything is made when it cannot be done', () =>
    withEngine(async (room) => {
      await prepare(room);
      const path = `${home}\\<Switch Container>Foot\\<Sound SFX>A`;
      const wrong: readonly (readonly [string, string])[] = [
        ['Dirt', 'names no group'],
        ['<Switch Group:Surfaces>Dirt', 'Did you mean "Surface"?'],
        ['<Switch Group:Surface>Dirty', 'it has Dirt, Wood. Did you mean "Dirt"?'],
      ];
      for (const [assignation, message] of wrong) {
        expect(await assign(room, path, assignation)).toEqual([
          { severity: 'Error', message: expect.stringContaining(message), index: 0 },
        ]);
      }
      expect(room.project.model.byPath(`${home}\\Foot`)).toBeUndefined();
    }));
});

describe('the encoding of a tab-delimited file', () => {
  const text = table(['Audio File', 'Object Path'], ['step.wav', `${home}\\<Sound SFX>Schritt_müde`]);

  it.each([
    ['UTF-8', Buffer.from(text, 'utf8')],
    ['UTF-8 with its mark', Buffer.from(`\uFEFF${text}`, 'utf8')],
    ['UTF-16 with its mark', Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['UTF-16 of the other byte order', Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
  ])('may be %s', (_name, bytes) =>
    withEngine(async (room) => {
      const { objects } = await importTable(room, bytes);
      expect(objects.at(-1)).toEqual({ type: 'Sound', path: `${home}\\Schritt_müde` });
    }),
  );

  it.each([
    [
      'Windows-1252',
      Buffer.from(text, 'latin1'),
      'it is not UTF-8 (byte 0xFC in line 2), but perhaps Windows-1252',
    ],
    [
      'UTF-16 without its mark',
      Buffer.from(text.replace('ü', 'u'), 'utf16le'),
      'as UTF-16 without its mark does',
    ],
    [
      'UTF-16 that is cut short',
      Buffer.from(`\uFEFF${text}`, 'utf16le').subarray(0, -1),
      'it begins as UTF-16 and is none',
    ],
  ])('is refused when it is %s, and nothing is imported', (_name, bytes, reason) =>
    withEngine(async (room) => {
      const importFile = join(room.dir, 'table.txt');
      writeFileSync(importFile, bytes);
      const args = { importLanguage: 'SFX', importOperation: 'useExisting', importFile };
      const error = await room.refused('audio.importTabDelimited', args);
      expect(error.uri).toBe('ak.wwise.file_error');
      expect(error.message).toContain(reason);
      expect(room.project.model.byPath(home)?.children).toEqual([]);
    }),
  );
});

describe('the topic audio.imported', () => {
  it('says once per import what was made and how', () =>
    withEngine(async (room) => {
      writeTone(join(room.dir, 'step.wav'));
      const events: JsonObject[] = [];
      await room.session.subscribe('ak.wwise.core.audio.imported', { return: ['path'] }, (event) =>
        events.push(event),
      );
      const imports = [{ audioFile: join(room.dir, 'step.wav'), objectPath: `${home}\\<Sound SFX>Step` }];
      const { files } = await room.call('audio.import', { importOperation: 'createNew', imports });
      await room.call('ping');
      expect(events.splice(0)).toEqual([
        {
          operation: 'CreateNewObject',
          objects: [{ path: `${home}\\Step\\step` }, { path: `${home}\\Step` }],
          files,
        },
      ]);
      const audioFile = join(room.dir, 'step.wav');
      await room.call('object.set', {
        objects: [{ object: `${home}\\Step`, import: { files: [{ audioFile }] } }],
      });
      await room.call('ping');
      expect(events).toEqual([
        { operation: 'ReplaceFile', objects: [{ path: `${home}\\Step\\step` }], files },
      ]);
    }));
});
