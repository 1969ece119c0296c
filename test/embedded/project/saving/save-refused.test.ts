import { mkdtempSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { openProject } from '../../../../src/embedded/project/open-project.ts';
import type { OpenedProject } from '../../../../src/embedded/project/opened-project.ts';
import { WaapiError } from '../../../../src/wwise/connection/backend.ts';
import { sample } from '../../../harness/amount.ts';
import { type DiskCall, refusal, watchingDisk } from '../../../harness/disk-calls.ts';
import { tempDir } from '../../../harness/temp-dir.ts';
import {
  contentsOf,
  copyOf,
  prepareSave,
  type Saving,
  savings,
  writeWideProject,
} from '../../../harness/ten-file-save.ts';

const dir = tempDir('refused');
let template = '';
beforeAll(async () => {
  template = await writeWideProject(mkdtempSync(join(dir, 'template-')));
});

interface Room {
  readonly project: OpenedProject;
  readonly projectPath: string;
  readonly before: Record<string, string>;
  save(): void;
  /** What the save ended in. */
  refused(during: (call: DiskCall) => void): WaapiError;
}

/** A copy of the project with ten edited files, as often as `work` wants one. */
async function withEdits(saving: Saving, work: (room: Room) => void): Promise<void> {
  const projectPath = copyOf(template, dir);
  const project = await openProject(projectPath);
  const save = await prepareSave(project, saving);
  try {
    work({
      project,
      projectPath,
      before: contentsOf(projectPath),
      save,
      refused(during) {
        try {
          watchingDisk(during, save);
        } catch (error) {
          if (error instanceof WaapiError) return error;
          throw error;
        }
        throw new Error('it saved');
      },
    });
  } finally {
    project.close();
  }
}

/** Fails the renames and links of one position, counted from 0. */
function refusing(position: number, code: string): (call: DiskCall) => void {
  let moves = 0;
  return (call) => {
    if (!['renameSync', 'linkSync'].includes(call.name) || moves++ !== position) return;
    throw refusal(code, call);
  };
}

describe.each(savings)('a save of ten files (%s)', (saving) => {
  it('changes nothing when a rename fails, at whichever position, and goes through afterwards', async () => {
    let positions = 0;
    await withEdits(saving, ({ save }) => {
      watchingDisk(({ name }) => {
        if (['renameSync', 'linkSync'].includes(name)) positions++;
      }, save);
    });
    expect(positions).toBeGreaterThan(20);
    const codes = ['EACCES', 'EBUSY', 'ENOSPC'];
    for (const position of sample([...Array(positions).keys()], 4)) {
      const code = codes[position % codes.length] ?? 'EACCES';
      await withEdits(saving, ({ project, projectPath, before, refused, save }) => {
        const error = refused(refusing(position, code));
        expect(error.message).toContain(code);
        expect(error.message).toMatch(/Nothing was written|Every file is again as it was/);
        expect(contentsOf(projectPath)).toEqual(before);
        expect(project.isDirty).toBe(true);
        save();
        expect(project.isDirty).toBe(false);
        expect(contentsOf(projectPath)).not.toEqual(before);
      });
    }
  });
});

describe('a save that can be neither finished nor undone', () => {
  it('says how every file is, and is undone by the next save before that writes', async () => {
    await withEdits('edits', ({ project, projectPath, before, refused, save }) => {
      let moves = 0;
      const error = refused((call) => {
        if (!['renameSync', 'linkSync'].includes(call.name)) return;
        if (moves++ > 13 && !call.paths.some((path) => path.includes('wwiseflow-save')))
          throw refusal('EACCES', call);
      });
      const states = Object.values(Object(error.details.states));
      expect(new Set(states)).toEqual(new Set(['holds the new content', 'is missing', 'is as before']));
      expect(error.message).toMatch(/could not be undone/);
      project.undo.undo();
      expect(project.isDirty).toBe(false);
      project.save();
      expect(contentsOf(projectPath)).toEqual(before);
      project.undo.redo();
      save();
      expect(project.isDirty).toBe(false);
    });
  });
});

describe('a file that somebody else writes while a save is under way', () => {
  const ways: Record<string, (path: string) => void> = {
    'in its place': (path) => writeFileSync(path, 'theirs'),
    'by renaming another into its place': (path) => {
      writeFileSync(`${path}.other`, 'theirs');
      renameSync(`${path}.other`, path);
    },
  };

  it.each(Object.keys(ways))(
    '(%s) is never overwritten, whenever that happens, and nothing is saved',
    async (way) => {
      for (const moment of ['renameSync', 'linkSync']) {
        for (const which of sample([0, 4, 9], 1)) {
          await withEdits('edits', ({ projectPath, before, refused }) => {
            let count = 0;
            let theirs = '';
            const error = refused(({ name, paths }) => {
              const target = paths.find((path) => path.endsWith('.wwu'));
              if (name !== moment || target === undefined || count++ !== which) return;
              theirs = target;
              ways[way]?.(target);
            });
            expect(error.message).toMatch(/changed on disk/);
            expect(error.details).toMatchObject({ files: [theirs], reason: 'changed_on_disk' });
            expect(readFileSync(theirs, 'utf8')).toBe('theirs');
            const name = theirs.slice(dirname(projectPath).length + 1);
            expect(contentsOf(projectPath)).toEqual({ ...before, [name]: 'theirs' });
          });
        }
      }
    },
  );
});
