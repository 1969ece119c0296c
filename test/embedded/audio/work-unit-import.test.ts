import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, type JsonObject } from '../../../src/core/json.ts';
import { type EngineRoom, withEngine } from '../../harness/engine.ts';
import { writeTone } from '../../harness/wave.ts';

interface Imported {
  readonly paths: readonly unknown[];
  readonly errors: readonly unknown[];
  readonly files: readonly unknown[];
}

async function imported(
  room: EngineRoom,
  objectPath: string,
  more: JsonObject = {},
  operation = 'useExisting',
): Promise<Imported> {
  const audioFile = join(room.dir, 'in', 'step.wav');
  writeTone(audioFile);
  const result = await room.call(
    'audio.import',
    {
      importOperation: operation,
      default: { importLanguage: 'SFX' },
      imports: [{ audioFile, objectPath, ...more }],
    },
    { return: ['path', 'workunitType'] },
  );
  return {
    paths: asJsonArray(result.objects).map((row) => {
      const { path, workunitType = '' } = asJsonObject(row);
      return `${String(path)} ${String(workunitType)}`.trim();
    }),
    errors: asJsonArray(result.log).map((entry) => asJsonObject(entry).message),
    files: asJsonArray(result.files),
  };
}

function inProject(room: EngineRoom, ...path: string[]): string {
  return join(dirname(room.project.filePath), ...path);
}

describe('an import along a path of Work Units', () => {
  it('creates the Physical Folder, the Work Unit and the Sound, and lists them', () =>
    withEngine(async (room) => {
      const outcome = await imported(
        room,
        '\\Containers\\<Physical Folder>Feet\\<Work Unit>Stone\\<Sound SFX>Step',
      );
      expect(outcome.errors).toEqual([]);
      expect(outcome.paths).toEqual([
        '\\Containers\\Feet folder',
        '\\Containers\\Feet\\Stone rootFile',
        '\\Containers\\Feet\\Stone\\Step\\step',
        '\\Containers\\Feet\\Stone\\Step',
      ]);
      await room.call('project.save');
      const unit = readFileSync(inProject(room, 'Containers', 'Feet', 'Stone.wwu'), 'utf8');
      expect(unit).toContain('<Sound Name="Step"');
      expect(unit).toContain('PersistMode="Standalone"');
      expect(readFileSync(room.project.filePath, 'utf8')).toContain(
        '<PhysicalFolder Path="Containers\\Feet">',
      );
    }));

  it('creates nested Work Units below Work Units and Virtual Folders, each with a file beside its outermost', () =>
    withEngine(async (room) => {
      const outcome = await imported(
        room,
        '\\Containers\\<Work Unit>Outer\\<Virtual Folder>Inside\\<Work Unit>Inner\\<Random Container>Steps\\<Sound>Step',
      );
      expect(outcome.errors).toEqual([]);
      expect(outcome.paths.slice(0, 3)).toEqual([
        '\\Containers\\Outer rootFile',
        '\\Containers\\Outer\\Inside',
        '\\Containers\\Outer\\Inside\\Inner nestedFile',
      ]);
      await room.call('project.save');
      const inner = readFileSync(inProject(room, 'Containers', 'Inner.wwu'), 'utf8');
      expect(inner).toMatch(/RootDocumentID=.*ParentDocumentID=/);
      expect(inner).toContain('<Sound Name="Step"');
      const outer = readFileSync(inProject(room, 'Containers', 'Outer.wwu'), 'utf8');
      expect(outer).toMatch(/<WorkUnit Name="Inner" ID="[^"]*" PersistMode="Reference"\/>/);
    }));

  it('uses what is there already, with or without its type', () =>
    withEngine(async (room) => {
      const path = '\\Containers\\<Physical Folder>Feet\\<Work Unit>Stone\\<Sound SFX>';
      await imported(room, `${path}One`);
      expect(await imported(room, `${path}Two`)).toMatchObject({
        paths: ['\\Containers\\Feet\\Stone\\Two\\step', '\\Containers\\Feet\\Stone\\Two'],
      });
      expect(await imported(room, '\\Containers\\feet\\STONE\\<Sound SFX>Three')).toMatchObject({
        errors: [],
      });
      const { children } = room.project.model.byPath('\\Containers\\Feet\\Stone') ?? { children: [] };
      expect(children.map(({ name }) => name)).toEqual(['One', 'Two', 'Three']);
    }));

  it('creates them by a tab-delimited file too, row by row', () =>
    withEngine(async (room) => {
      writeTone(join(room.dir, 'in', 'step.wav'));
      const importFile = join(room.dir, 'in', 'table.txt');
      const rows = ['One', 'Two'].map(
        (name) => `step.wav\t\\Containers\\<Physical Folder>Feet\\<Work Unit>Stone\\<Sound SFX>${name}`,
      );
      writeFileSync(importFile, ['Audio File\tObject Path', ...rows].join('\r\n'));
      const result = await room.call(
        'audio.importTabDelimited',
        { importFile, importLanguage: 'SFX', importOperation: 'useExisting' },
        { return: ['path'] },
      );
      expect(asJsonArray(result.objects).map((row) => asJsonObject(row).path)).toEqual([
        '\\Containers\\Feet',
        '\\Containers\\Feet\\Stone',
        '\\Containers\\Feet\\Stone\\One\\step',
        '\\Containers\\Feet\\Stone\\One',
        '\\Containers\\Feet\\Stone\\Two\\step',
        '\\Containers\\Feet\\Stone\\Two',
      ]);
    }));

  it('creates a Work Unit alone, another beside it, and replaces none', () =>
    withEngine(async (room) => {
      const alone = { audioFile: '' };
      const path = '\\Containers\\<Work Unit>Feet';
      expect((await imported(room, path, alone)).paths).toEqual(['\\Containers\\Feet rootFile']);
      expect((await imported(room, path, alone, 'createNew')).paths).toEqual([
        '\\Containers\\Feet_01 rootFile',
      ]);
      expect(await imported(room, path, alone, 'replaceExisting')).toMatchObject({
        paths: [],
        errors: ['\\Containers\\Feet is a Work Unit, which cannot be replaced.'],
      });
    }));

  it('puts them on disk at once, and Undo empties what it cannot take away', () =>
    withEngine(async (room) => {
      await room.call('object.create', {
        parent: '\\Containers\\Default Work Unit',
        type: 'Folder',
        name: 'Before',
      });
      await imported(room, '\\Containers\\<Work Unit>Feet\\<Sound SFX>Step');
      expect(existsSync(inProject(room, 'Containers', 'Feet.wwu'))).toBe(true);
      await room.call('undo.undo');
      expect(room.project.model.byPath('\\Containers\\Feet')?.children).toEqual([]);
      expect((await room.refused('undo.undo')).message).toBe('There is nothing to undo.');
      expect(room.project.model.byPath('\\Containers\\Default Work Unit\\Before')).toBeDefined();
    }));

  it.each([
    ['\\Containers\\<Physical Folder>Feet\\<Sound SFX>Step', 'A Sound needs a Work Unit'],
    ['\\Containers\\<Work Unit>Feet\\<Physical Folder>In\\<Sound SFX>Step', 'needs a folder above it'],
    [
      '\\Containers\\<Work Unit>Feet\\<Random Container>R\\<Work Unit>In\\<Sound SFX>Step',
      'RandomSequenceContainer',
    ],
    ['\\Containers\\<Physical Folder>Con\\<Work Unit>Feet\\<Sound SFX>Step', 'Windows keeps for itself'],
    ['\\Containers\\Feet\\<Sound SFX>Step', 'Write <Work Unit>Feet to create it.'],
    ['\\Nowhere\\<Work Unit>Feet\\<Sound SFX>Step', 'no "Nowhere"'],
  ])('refuses %s, and leaves no file, folder or object', (path, reason) =>
    withEngine(async (room) => {
      const before = room.project.model.byPath('\\Containers')?.children.length;
      const outcome = await imported(room, path);
      expect(outcome).toMatchObject({ paths: [], files: [] });
      expect(String(outcome.errors[0])).toContain(reason);
      expect(room.project.model.byPath('\\Containers')?.children).toHaveLength(before ?? -1);
      for (const name of ['Feet', 'Feet.wwu', 'Con'])
        expect(existsSync(inProject(room, 'Containers', name))).toBe(false);
    }),
  );

  it('takes away again what it made when a file is in the way of a later one', () =>
    withEngine(async (room) => {
      mkdirSync(inProject(room, 'Containers'), { recursive: true });
      await imported(room, '\\Containers\\<Work Unit>Stone\\<Sound SFX>Step');
      const outcome = await imported(
        room,
        '\\Containers\\<Work Unit>Feet\\<Work Unit>Stone\\<Sound SFX>Step',
      );
      expect(outcome).toMatchObject({ paths: [], files: [] });
      expect(String(outcome.errors[0])).toContain('must be unique within its physical folder');
      expect(existsSync(inProject(room, 'Containers', 'Feet.wwu'))).toBe(false);
      expect(room.project.model.byPath('\\Containers\\Feet')).toBeUndefined();
    }));
});
