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
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { checkProject } from '../../../src/embedded/project/check.ts';
import { openProject } from '../../../src/embedded/project/open.ts';
import { WaapiError } from '../../../src/waapi/backend.ts';
import { type EraProject, writeEraProject } from '../../harness/era-project.ts';
import { breachesOf } from '../../harness/file-laws.ts';

const dir = realpathSync(mkdtempSync(join(tmpdir(), 'wwiseflow-safety-')));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function newEra(): EraProject {
  return writeEraProject(mkdtempSync(join(dir, 'p-')), 123);
}

/** Runs the endless saver on a project; resolves once it saves. */
async function startSaver(projectPath: string): Promise<ChildProcess> {
  const script = fileURLToPath(new URL('../../harness/save-forever.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script, projectPath], {
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
    for (let round = 0; round < 8; round++) {
      const child = await startSaver(era.projectPath);
      await pause(Math.random() * 60);
      await kill(child);
      const files = Object.values(era.files);
      expect(checkProject(era.projectPath)).toMatchObject({ differences: [], brokenFiles: [] });
      expect(breachesOf(new Map(files.map((path) => [path, readFileSync(path)])))).toEqual([]);
    }
    const project = await openProject(era.projectPath);
    expect(project.brokenFiles).toEqual([]);
    project.close();
  }, 60_000);

  it('is told from one that lives: a second one may not open the project', async () => {
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
    const project = await openProject(join(linked, 'Era.wproj'));
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
