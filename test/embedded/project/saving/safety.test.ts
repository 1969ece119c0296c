import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { checkProject } from '../../../../src/embedded/project/compare/check.ts';
import { openProject } from '../../../../src/embedded/project/open-project.ts';
import { WaapiError } from '../../../../src/wwise/connection/backend.ts';
import { amount } from '../../../harness/amount.ts';
import { type EraProject, writeEraProject } from '../../../harness/era-project.ts';
import { breachesOf } from '../../../harness/file-laws.ts';
import { program } from '../../../harness/program.ts';
import { tempDir } from '../../../harness/temp-dir.ts';

const dir = tempDir('safety');

function newEra(): EraProject {
  return writeEraProject(mkdtempSync(join(dir, 'p-')), 123);
}

/** Runs the endless saver on a project; resolves once it saves. */
async function startSaver(projectPath: string, ...folder: string[]): Promise<ChildProcess> {
  const child = spawn(process.execPath, [program('save-forever'), projectPath, ...folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

function leftoversBelow(root: string): string[] {
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('wwiseflow-tmp'));
}

/** Edits two files and saves: the error it must end in. */
async function refusedSave(era: EraProject, before: () => void): Promise<WaapiError> {
  const project = await openProject(era.projectPath);
  try {
    for (const path of [era.boom, era.event]) {
      const object = project.model.byPath(path);
      if (object === undefined) throw new Error(`no ${path}`);
      await project.edit('Edit', 0, (editor) => editor.setNotes(object, 'edited'));
    }
    before();
    try {
      project.save();
    } catch (error) {
      expect(project.isDirty).toBe(true);
      expect(project.model.byPath(era.boom)?.notes).toBe('edited');
      if (error instanceof WaapiError) return error;
      throw error;
    }
    throw new Error('it saved');
  } finally {
    project.close();
  }
}

describe('a process killed while it saves', () => {
  it('leaves every file whole, whenever it happens, and a lock that is taken over', async () => {
    const era = newEra();
    for (let round = 0; round < amount(2, 12); round++) {
      const child = await startSaver(era.projectPath);
      await pause(Math.random() * 60);
      await kill(child);
      (await openProject(era.projectPath)).close();
      const files = Object.values(era.files);
      expect(checkProject(era.projectPath)).toMatchObject({ differences: [], brokenFiles: [] });
      expect(breachesOf(new Map(files.map((path) => [path, readFileSync(path)])))).toEqual([]);
    }
    const project = await openProject(era.projectPath);
    expect(project.brokenFiles).toEqual([]);
    project.close();
  });

  it('leaves every Work Unit of a folder that was being renamed in its place, the former or the new one', async () => {
    for (let round = 0; round < amount(2, 10); round++) {
      const era = writeEraProject(mkdtempSync(join(dir, 'p-')), 133);
      const first = await openProject(era.projectPath);
      const containers = first.model.byPath('\\Containers');
      if (containers === undefined) throw new Error('no Containers');
      const folder = first.createPhysicalFolder(containers, 'SFX');
      const names = ['A', 'B', 'C'].map((name) => first.createWorkUnit(folder, name).name);
      first.close();
      const child = await startSaver(era.projectPath, '\\Containers\\SFX');
      await pause(Math.random() * 100);
      await kill(child);
      const project = await openProject(era.projectPath);
      const again = project.model.byId(folder.id);
      expect(again?.children.map(({ name }) => name)).toEqual(names);
      expect(project.brokenFiles).toEqual([]);
      project.close();
      expect(leftoversBelow(dirname(era.projectPath))).toEqual([]);
    }
  });

  it('leaves nothing behind once the project is opened again, and only that goes', async () => {
    const era = newEra();
    const root = dirname(era.projectPath);
    const sounds = join(root, 'Originals', 'SFX');
    mkdirSync(join(sounds, 'Steps'), { recursive: true });
    mkdirSync(join(root, 'Elsewhere'));
    const ours = [
      join(root, '.Era.wproj.4711.wwiseflow-tmp'),
      join(root, 'Events', '.Default Work Unit.wwu.1.wwiseflow-tmp'),
      join(sounds, '.step.wav.99.wwiseflow-tmp'),
    ];
    const theirs = [
      join(root, 'Events', '.Default Work Unit.wwu.x.wwiseflow-tmp'),
      join(root, 'Events', 'Default Work Unit.wwu.1.wwiseflow-tmp'),
      join(root, 'Events', '.Default Work Unit.wwu.1.tmp'),
      join(root, 'Elsewhere', '.a.wwu.1.wwiseflow-tmp'),
      join(sounds, 'Steps', '.step.wav.99.wwiseflow-tmp'),
    ];
    for (const path of [...ours, ...theirs]) writeFileSync(path, 'half');
    const folder = join(root, 'Events', '.Mine.wwu.2.wwiseflow-tmp');
    mkdirSync(folder);
    (await openProject(era.projectPath, { lock: false })).close();
    expect(ours.every((path) => existsSync(path))).toBe(true);
    (await openProject(era.projectPath)).close();
    expect(ours.filter((path) => existsSync(path))).toEqual([]);
    expect([...theirs, folder].filter((path) => !existsSync(path))).toEqual([]);
  });

  it('leaves what lies behind a link that leads out of the project, and nothing but leftovers behind one that does not', async () => {
    const era = newEra();
    const root = dirname(era.projectPath);
    const outside = mkdtempSync(join(dir, 'outside-'));
    const theirs = join(outside, '.step.wav.99.wwiseflow-tmp');
    writeFileSync(theirs, 'half');
    mkdirSync(join(root, 'Originals'), { recursive: true });
    rmSync(join(root, 'Originals', 'SFX'), { recursive: true, force: true });
    symlinkSync(outside, join(root, 'Originals', 'SFX'));
    symlinkSync(outside, join(root, 'Events', 'out'));
    // Its name is one of a leftover, yet it is a link, and what it leads to is somebody's work.
    const work = join(outside, 'work.wwu');
    const link = join(root, 'Events', '.work.wwu.1.wwiseflow-tmp');
    writeFileSync(work, 'work');
    symlinkSync(work, link);
    (await openProject(era.projectPath)).close();
    expect(readdirSync(outside).sort()).toEqual(['.step.wav.99.wwiseflow-tmp', 'work.wwu']);
    expect(existsSync(link)).toBe(true);
    (await openProject(era.projectPath, { allowedDirs: [outside] })).close();
    expect(existsSync(theirs)).toBe(false);
    expect(readFileSync(work, 'utf8')).toBe('work');
  });

  it('is distinguished from one that lives: a second one may not open the project', async () => {
    const era = newEra();
    const child = await startSaver(era.projectPath);
    try {
      await expect(openProject(era.projectPath)).rejects.toMatchObject({
        code: 'WAAPI_UNAVAILABLE',
        details: { processId: child.pid },
      });
    } finally {
      await kill(child);
    }
    (await openProject(era.projectPath)).close();
  });
});

describe('a save that cannot be', () => {
  it('names a file that was deleted on disk, and writes nothing', async () => {
    const era = newEra();
    const before = readFileSync(era.files.containers ?? '', 'utf8');
    const error = await refusedSave(era, () => rmSync(era.files.events ?? ''));
    expect(error).toMatchObject({ uri: 'ak.wwise.file_error', details: { files: [era.files.events] } });
    expect(readFileSync(era.files.containers ?? '', 'utf8')).toBe(before);
    expect(existsSync(era.files.events ?? '')).toBe(false);
  });

  it('names a read-only file, as version control leaves them, and writes nothing', async () => {
    const era = newEra();
    const before = readFileSync(era.files.containers ?? '', 'utf8');
    const error = await refusedSave(era, () => chmodSync(era.files.events ?? '', 0o444));
    expect(error).toMatchObject({
      uri: 'ak.wwise.file_error',
      details: { files: [era.files.events], reason: 'read_only' },
    });
    expect(readFileSync(era.files.containers ?? '', 'utf8')).toBe(before);
  });

  it('writes no file when one of them cannot be written, and leaves nothing lying about', async () => {
    const era = newEra();
    const before = readFileSync(era.files.containers ?? '', 'utf8');
    const folder = dirname(era.files.events ?? '');
    const error = await refusedSave(era, () => {
      // Whatever the rights of whoever runs this: the temporary file's place is taken by a folder.
      mkdirSync(join(folder, `.Default Work Unit.wwu.${process.pid}.wwiseflow-tmp`, 'in the way'), {
        recursive: true,
      });
    });
    expect(error).toMatchObject({ uri: 'ak.wwise.file_error', details: { reason: 'write_failed' } });
    expect(readFileSync(era.files.containers ?? '', 'utf8')).toBe(before);
    const left = readdirSync(dirname(era.files.containers ?? '')).filter((name) => name.includes('tmp'));
    expect(left).toEqual([]);
  });

  it('does not take the place of a file that came into being meanwhile', async () => {
    const era = newEra();
    const project = await openProject(era.projectPath);
    const folder = project.model.byPath('\\Events');
    if (folder === undefined) throw new Error('no Events');
    const taken = join(dirname(era.files.events ?? ''), 'Mine.wwu');
    writeFileSync(taken, 'theirs');
    expect(() => project.createWorkUnit(folder, 'Mine')).toThrow(/Mine\.wwu/);
    expect(readFileSync(taken, 'utf8')).toBe('theirs');
    expect(project.model.byPath('\\Events\\Mine')).toBeUndefined();
    expect(project.isDirty).toBe(false);
    project.close();
  });
});

describe('a project behind a symbolic link', () => {
  it('is saved where it is, keeps its links and its rights, and is locked under either name', async () => {
    const era = newEra();
    const linked = join(dir, 'linked');
    symlinkSync(dirname(era.projectPath), linked);
    const events = era.files.events ?? '';
    const elsewhere = join(dir, 'Elsewhere.wwu');
    renameSync(events, elsewhere);
    chmodSync(elsewhere, 0o640);
    symlinkSync(elsewhere, events);
    const project = await openProject(join(linked, 'Era.wproj'), { allowedDirs: [dir] });
    await expect(openProject(era.projectPath)).rejects.toMatchObject({ code: 'WAAPI_UNAVAILABLE' });
    const event = project.model.byPath(era.event);
    if (event === undefined) throw new Error('no event');
    await project.edit('Edit', 0, (editor) => editor.setNotes(event, 'through a link'));
    project.save();
    project.close();
    expect(readFileSync(elsewhere, 'utf8')).toContain('through a link');
    expect(statSync(elsewhere).mode & 0o777).toBe(0o640);
    expect(realpathSync(events)).toBe(elsewhere);
  });
});
