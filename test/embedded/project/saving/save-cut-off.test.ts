import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkProject } from '../../../../src/embedded/project/compare/check.ts';
import { openProject } from '../../../../src/embedded/project/open-project.ts';
import { journalPath } from '../../../../src/embedded/project/saving/save-journal.ts';
import { settleSave } from '../../../../src/embedded/project/saving/settle-save.ts';
import { writeBounds } from '../../../../src/embedded/project/saving/write-bounds.ts';
import { amount, sample } from '../../../harness/amount.ts';
import { type DiskCall, watchingDisk } from '../../../harness/disk-calls.ts';
import { program } from '../../../harness/program.ts';
import { tempDir } from '../../../harness/temp-dir.ts';
import {
  contentsOf,
  copyOf,
  prepareSave,
  type Saving,
  savings,
  writeWideProject,
} from '../../../harness/ten-file-save.ts';

const dir = tempDir('cut-off');
let template = '';
beforeAll(async () => {
  template = await writeWideProject(mkdtempSync(join(dir, 'template-')));
});

/** The process ends at this call: nothing it would do to the disk from there on happens. */
function dyingAt(at: number): (call: DiskCall) => void {
  return (call) => {
    if (call.index >= at) throw new Died();
  };
}

class Died extends Error {}

/** Saves with an end at that call; returns how many calls there were up to it. */
async function saveAndDie(projectPath: string, saving: Saving, at: number): Promise<number> {
  const project = await openProject(projectPath);
  const save = await prepareSave(project, saving);
  let calls = 0;
  const dies = dyingAt(at);
  watchingDisk(
    (call) => {
      calls = call.index + 1;
      dies(call);
    },
    () => {
      try {
        save();
      } catch {
        // Whoever is dead reports nothing.
      }
    },
  );
  project.close();
  return calls;
}

async function reopen(projectPath: string): Promise<readonly string[]> {
  const project = await openProject(projectPath);
  project.close();
  expect(project.brokenFiles).toEqual([]);
  return project.notices;
}

async function states(saving: Saving): Promise<Record<'none' | 'all', Record<string, string>>> {
  const projectPath = copyOf(template, dir);
  const none = contentsOf(projectPath);
  await saveAndDie(projectPath, saving, Number.POSITIVE_INFINITY);
  return { none, all: contentsOf(projectPath) };
}

function which(contents: Record<string, string>, known: Record<'none' | 'all', Record<string, string>>) {
  const text = JSON.stringify(contents);
  if (text === JSON.stringify(known.none)) return 'none';
  if (text === JSON.stringify(known.all)) return 'all';
  const names = new Set([...Object.keys(contents), ...Object.keys(known.none), ...Object.keys(known.all)]);
  return [...names].map((name) => {
    const like = [
      contents[name] === known.none[name] ? 'none' : '',
      contents[name] === known.all[name] ? 'all' : '',
    ];
    return `${name}: ${like.join(' ') || 'other'}`;
  });
}

/** The calls at which something of the project changes its name, and the first of all. */
async function turningPoints(saving: Saving): Promise<readonly number[]> {
  const project = await openProject(copyOf(template, dir));
  const save = await prepareSave(project, saving);
  const points = [0];
  watchingDisk(({ index, name }) => {
    if (['renameSync', 'linkSync', 'mkdirSync', 'rmdirSync'].includes(name)) points.push(index);
  }, save);
  project.close();
  return points;
}

describe.each(savings)('a save of ten files (%s) that ends', (saving) => {
  it('at any of its calls is all there or not at all once the project is opened, and says which', async () => {
    const known = await states(saving);
    const differing = Object.keys({ ...known.none, ...known.all }).filter(
      (name) => known.none[name] !== known.all[name],
    );
    expect(differing.length).toBeGreaterThanOrEqual(10);
    const seen = new Set<string>();
    for (const at of sample([...(await turningPoints(saving)), Number.POSITIVE_INFINITY], 5)) {
      const projectPath = copyOf(template, dir);
      await saveAndDie(projectPath, saving, at);
      const notices = await reopen(projectPath);
      const outcome = which(contentsOf(projectPath), known);
      expect({ at, outcome: ['none', 'all'].includes(String(outcome)) ? 'whole' : outcome }).toEqual({
        at,
        outcome: 'whole',
      });
      if (notices.length > 0) expect(notices).toEqual([expect.stringMatching(/has been completed/)]);
      seen.add(`${String(outcome)} ${notices.length}`);
    }
    expect([...seen].sort()).toEqual(['all 0', 'all 1', 'none 0']);
  });
});

describe('a save of ten files whose process is killed', () => {
  it('before any of them is in its place is completed at the next start, and reported to who only looks', async () => {
    const known = await states('edits');
    const killedAt = async (file: number): Promise<void> => {
      const projectPath = copyOf(template, dir);
      const child = spawn(process.execPath, [program('save-until-killed'), projectPath, String(file)], {
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      const [, signal] = await once(child, 'exit');
      expect(signal).toBe('SIGKILL');
      expect(contentsOf(projectPath)).not.toEqual(known.none);
      const looking = await openProject(projectPath, { lock: false });
      expect(looking.notices).toEqual([expect.stringMatching(/A save was cut off in the middle/)]);
      looking.close();
      expect(checkProject(projectPath).unfinishedSave.length).toBeGreaterThanOrEqual(10);
      expect(existsSync(journalPath(projectPath))).toBe(true);
      expect(await reopen(projectPath)).toEqual([expect.stringMatching(/has been completed/)]);
      expect(which(contentsOf(projectPath), known)).toBe('all');
    };
    for (const file of sample([0, 2, 4, 6, 8], 1)) await Promise.all([killedAt(file), killedAt(file + 1)]);
  });
});

describe('what completes a save', () => {
  it('may itself end at any of its calls', async () => {
    const known = await states('folder');
    const points = await turningPoints('folder');
    const middle = points[Math.floor(points.length * 0.6)] ?? 0;
    for (let again = 0; ; again += amount(5, 1)) {
      const projectPath = copyOf(template, dir);
      await saveAndDie(projectPath, 'folder', middle);
      let renames = 0;
      watchingSettlement(projectPath, ({ name }) => {
        if ((name === 'renameSync' || name === 'linkSync') && renames++ >= again) throw new Died();
      });
      await reopen(projectPath);
      expect(which(contentsOf(projectPath), known)).toBe('all');
      if (renames > again) continue;
      expect(again).toBeGreaterThan(5);
      break;
    }
  });

  it('leaves a file that somebody else changed since, undoes the rest, and keeps what would be lost', async () => {
    const known = await states('edits');
    const projectPath = copyOf(template, dir);
    const points = await turningPoints('edits');
    await saveAndDie(projectPath, 'edits', points[Math.floor(points.length / 2)] ?? 0);
    const changed = Object.keys(known.none).filter((name) => known.none[name] !== known.all[name]);
    for (const name of [changed[0] ?? '', changed.at(-1) ?? '']) {
      const theirs = join(dirname(projectPath), name);
      writeFileSync(theirs, (known.none[name] ?? '').replace('<WorkUnit ', '<WorkUnit  '), 'latin1');
    }
    const [notice = ''] = await reopen(projectPath);
    expect(notice).toMatch(/has been undone, because .* changed on disk since and was left as it is/);
    const now = contentsOf(projectPath);
    for (const name of changed.slice(1, -1)) expect([name, now[name]]).toEqual([name, known.none[name]]);
    for (const name of [changed[0] ?? '', changed.at(-1) ?? '']) expect(now[name]).toContain('<WorkUnit  ');
    const kept = Object.entries(now).filter(([name]) => name.startsWith('.wwiseflow-kept'));
    for (const name of changed) {
      const copy = kept.find(([path]) => path.endsWith(`${name}.new`));
      expect([name, copy?.[1]]).toEqual([name, known.all[name]]);
    }
    expect(Object.keys(now).filter((name) => /tmp|wwiseflow-save/.test(name))).toEqual([]);
  });

  it('undoes it where version control put every file back since', async () => {
    const known = await states('edits');
    const projectPath = copyOf(template, dir);
    const points = await turningPoints('edits');
    await saveAndDie(projectPath, 'edits', points[Math.floor(points.length / 2)] ?? 0);
    for (const [name, text] of Object.entries(known.none)) {
      const path = join(dirname(projectPath), name);
      rmSync(path, { force: true });
      writeFileSync(path, text, 'latin1');
    }
    expect(await reopen(projectPath)).toEqual([expect.stringMatching(/has been undone/)]);
    const now = contentsOf(projectPath);
    for (const [name, text] of Object.entries(known.none)) expect([name, now[name]]).toEqual([name, text]);
  });

  it('refuses a journal that reaches out of the project, and touches nothing', async () => {
    const projectPath = copyOf(template, dir);
    const outside = join(dir, 'outside.wwu');
    writeFileSync(outside, 'theirs');
    const before = createHash('sha256').update('theirs').digest('hex');
    const entry = { place: relative(dirname(projectPath), outside), before, after: null };
    const journal = { version: 1, tag: 1, decision: 'complete', directories: [] };
    writeFileSync(
      journalPath(projectPath),
      JSON.stringify({ ...journal, entries: [{ ...entry, from: entry.place }] }),
    );
    await expect(openProject(projectPath)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
    expect(readFileSync(outside, 'utf8')).toBe('theirs');
    rmSync(journalPath(projectPath));
    await reopen(projectPath);
  });
});

function watchingSettlement(projectPath: string, before: (call: DiskCall) => void): void {
  try {
    watchingDisk(before, () => settleSave(projectPath, writeBounds(projectPath, [])));
  } catch {
    // It ended there.
  }
}
