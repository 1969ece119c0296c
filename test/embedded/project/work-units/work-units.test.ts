import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inTurns } from '../../../../src/core/turns/turns.ts';
import type { WwiseObject } from '../../../../src/embedded/model/model.ts';
import { checkProject } from '../../../../src/embedded/project/compare/check.ts';
import { openProject } from '../../../../src/embedded/project/open-project.ts';
import type { OpenedProject } from '../../../../src/embedded/project/opened-project.ts';
import { type Era, type EraProject, eras, writeEraProject } from '../../../harness/era-project.ts';
import { breachesOf } from '../../../harness/file-laws.ts';
import { tempDir } from '../../../harness/temp-dir.ts';

const dir = tempDir('units');

interface Room {
  readonly era: EraProject;
  readonly project: OpenedProject;
  at(path: string): WwiseObject;
  text(path: string): string;
}

/** Works on a project, then looks whether its files are sound and mean the same when read again. */
async function withEra(schema: Era, work: (room: Room) => Promise<void> | void): Promise<void> {
  const era = writeEraProject(mkdtempSync(join(dir, 'p-')), schema);
  const project = await openProject(era.projectPath);
  const at = (path: string): WwiseObject => {
    const found = project.model.byPath(path);
    if (found === undefined) throw new Error(`no ${path}`);
    return found;
  };
  const text = (path: string) => readFileSync(join(dirname(era.projectPath), path), 'utf8');
  const pathsOf = (open: OpenedProject) =>
    [...open.model.all()].map((object) => open.model.path(object)).sort();
  try {
    await work({ era, project, at, text });
    project.save();
    const report = checkProject(era.projectPath);
    expect(report).toMatchObject({ differences: [], brokenFiles: [], strayFiles: [] });
  } finally {
    project.close();
  }
  const again = await openProject(era.projectPath);
  expect(pathsOf(again)).toEqual(pathsOf(project));
  const files = [...new Set([...again.model.all()].map((object) => again.model.filePath(object)))];
  again.close();
  expect(breachesOf(new Map(files.map((path) => [path, readFileSync(path)])))).toEqual([]);
}

describe.each(eras)('a nested Work Unit of schema %i', (schema) => {
  const folder = schema >= 131 ? 'Containers' : 'Actor-Mixer Hierarchy';

  it('is copied with the Work Unit it hangs in, under a free name in the folder of the copy', async () => {
    await withEra(schema, async ({ era, project, at, text }) => {
      const before = text(`${folder}/Inner.wwu`);
      project.createWorkUnit(at(era.nested), 'Innermost');
      const copy = project.copyWithFiles(at(era.home), at(`\\${folder}`), 'Copy');
      const inner = at(`\\${folder}\\Copy\\Mixer\\Inner_01`);
      const file = text(`${folder}/Inner_01.wwu`);
      expect(file).toContain(`RootDocumentID="${copy.id}"`);
      expect(file).toContain(`OwnerID="${at(`\\${folder}\\Copy\\Mixer`).id}" PersistMode="Nested"`);
      expect(text(`${folder}/Innermost_01.wwu`)).toContain(`OwnerID="${inner.id}"`);
      expect(text(`${folder}/Copy.wwu`)).toContain(`<WorkUnit Name="Inner_01" ID="${inner.id}"`);
      expect(project.isDirty).toBe(false);
      expect(() => project.undo.undo()).toThrow('There is nothing to undo.');
      expect(text(`${folder}/Inner.wwu`).replace(/<ChildrenList>[\s\S]*/, '')).toBe(
        before.replace(/<ChildrenList>[\s\S]*/, ''),
      );
    });
  });

  it('moves within the file that holds its placeholder', async () => {
    await withEra(schema, ({ era, project, at, text }) => {
      project.moveWorkUnit(at(era.nested), at(era.home));
      expect(project.model.path(at(`${era.home}\\Inner\\Deep`))).toBe(`${era.home}\\Inner\\Deep`);
      expect(text(`${folder}/Inner.wwu`)).toContain(`OwnerID="${at(era.home).id}" PersistMode="Nested"`);
    });
  });

  it('is copied with the object it hangs in, into another Work Unit', async () => {
    await withEra(schema, async ({ era, project, at, text }) => {
      const other = project.createWorkUnit(at(`\\${folder}`), 'Other');
      project.copyWithFiles(at(era.mixer), other, 'Twin');
      expect(at(`\\${folder}\\Other\\Twin\\Inner_01\\Deep`).id).not.toBe(at(`${era.nested}\\Deep`).id);
      expect(text(`${folder}/Inner_01.wwu`)).toContain(`RootDocumentID="${other.id}"`);
      expect(text(`${folder}/Other.wwu`)).toContain('<WorkUnit Name="Inner_01"');
    });
  });

  it('hangs in the object that holds its placeholder, with a file and an id of its own', async () => {
    await withEra(schema, ({ era, project: { model }, at }) => {
      const deep = at(`${era.nested}\\Deep`);
      expect(model.workUnit(deep)).toBe(at(era.nested));
      expect(model.filePath(deep)).toBe(era.files.nested);
      expect(at(era.nested).parent).toBe(at(era.mixer));
      expect(at(era.mixer).children.map(({ name }) => name)).toEqual(['Boom', 'Bang', 'Inner']);
    });
  });

  it('is renamed with its file and its placeholder', async () => {
    await withEra(schema, async ({ era, project, at, text }) => {
      await project.edit('Rename', 0, (editor) => editor.rename(at(era.nested), 'Core'));
      project.save();
      expect(existsSync(era.files.nested ?? '')).toBe(false);
      expect(text(`${folder}/Core.wwu`)).toContain('<WorkUnit Name="Core"');
      expect(text(`${folder}/Default Work Unit.wwu`)).toMatch(
        /<WorkUnit Name="Core" ID="[^"]+" PersistMode="Reference"/,
      );
    });
  });

  it('follows the object it hangs in to another file, and comes back with it', async () => {
    await withEra(schema, async ({ era, project, at, text }) => {
      const before = text(`${folder}/Inner.wwu`);
      const other = project.createWorkUnit(at(`\\${folder}`), 'Other');
      await project.edit('Move', 0, (editor) => inTurns(editor.move(at(era.mixer), other)));
      project.save();
      const moved = text(`${folder}/Inner.wwu`);
      expect(moved).toContain(`RootDocumentID="${other.id}"`);
      expect(moved.includes(`ParentDocumentID="${other.id}"`)).toBe(schema >= 103);
      expect(project.model.path(at(`\\${folder}\\Other\\Mixer\\Inner\\Deep`))).toBeDefined();
      project.undo.undo();
      project.save();
      expect(text(`${folder}/Inner.wwu`)).toBe(before);
      expect(at(era.nested).parent).toBe(at(era.mixer));
    });
  });

  it('is deleted with file and placeholder', async () => {
    await withEra(schema, ({ era, project, at, text }) => {
      project.deleteWorkUnit(at(era.nested));
      expect(existsSync(era.files.nested ?? '')).toBe(false);
      expect(text(`${folder}/Default Work Unit.wwu`)).not.toContain('"Inner"');
      expect(project.isDirty).toBe(false);
    });
  });

  it('is created, nested again, moved to a folder, back, and copied', async () => {
    await withEra(schema, ({ era, project, at, text }) => {
      const made = project.createWorkUnit(at(era.nested), 'Innermost');
      expect(text(`${folder}/Innermost.wwu`)).toContain(
        `OwnerID="${at(era.nested).id}" PersistMode="Nested"`,
      );
      expect(text(`${folder}/Inner.wwu`)).toContain('<WorkUnit Name="Innermost"');
      project.moveWorkUnit(made, at(`\\${folder}`));
      expect(text(`${folder}/Innermost.wwu`)).toMatch(
        /^[^\n]*\n<WwiseDocument Type="WorkUnit" ID="[^"]+" SchemaVersion="\d+">/,
      );
      expect(text(`${folder}/Innermost.wwu`)).toContain('PersistMode="Standalone"');
      project.moveWorkUnit(made, at(era.mixer));
      expect(project.model.path(made)).toBe(`${era.mixer}\\Innermost`);
      const copy = project.copyWithFiles(at(era.nested), at(`\\${folder}`), 'Copy');
      expect(at(`\\${folder}\\Copy\\Deep`).id).not.toBe(at(`${era.nested}\\Deep`).id);
      expect(project.model.filePath(copy)).toBe(join(dirname(era.projectPath), folder, 'Copy.wwu'));
    });
  });
});

describe('a physical folder', () => {
  it('is a directory and an entry by path, takes Work Units and folders, and lists them by name', async () => {
    await withEra(133, async ({ era, project, at, text }) => {
      const outer = project.createPhysicalFolder(at('\\Containers'), 'SFX');
      const inner = project.createPhysicalFolder(outer, 'Weapons');
      const unit = project.createWorkUnit(inner, 'Guns');
      expect(text('Containers/SFX/Weapons/Guns.wwu')).toContain('<Containers>');
      expect(project.model.path(unit)).toBe('\\Containers\\SFX\\Weapons\\Guns');
      const paths = [...text('Era.wproj').matchAll(/<PhysicalFolder Path="([^"]+)"/g)].map(
        ([, path]) => path,
      );
      expect(paths).toEqual(paths.toSorted());
      expect(paths).toContain('Containers\\SFX\\Weapons');
      project.createWorkUnit(at('\\Containers'), 'Ambience');
      const names = () => at('\\Containers').children.map(({ name }) => name);
      expect(names()).toEqual(['Ambience', 'Default Work Unit', 'SFX']);
      await project.edit('Rename', 0, (editor) => editor.rename(at('\\Containers\\Ambience'), 'Zoo'));
      expect(names()).toEqual(['Default Work Unit', 'SFX', 'Zoo']);
      project.undo.undo();
      expect(names()).toEqual(['Ambience', 'Default Work Unit', 'SFX']);
      expect(era.projectPath).toBe(project.filePath);
    });
  });
});

describe('an unloaded Work Unit', () => {
  it('is empty and refuses edits until it is loaded again, with what its file says by then', async () => {
    await withEra(123, async ({ era, project, at }) => {
      const workUnit = at(era.home);
      const { model } = project;
      const action = at(era.event).children[0] ?? workUnit;
      project.unloadWorkUnit(workUnit);
      expect(model.isLoaded(workUnit)).toBe(false);
      expect(model.byPath(era.boom)).toBeUndefined();
      expect(workUnit.children).toEqual([]);
      expect(model.reference(action, 'Target')).toBeNull();
      await expect(project.edit('Edit', 0, (editor) => editor.setNotes(workUnit, 'x'))).rejects.toMatchObject(
        { uri: 'ak.wwise.invalid_arguments' },
      );
      const file = era.files.containers ?? '';
      writeFileSync(file, readFileSync(file, 'utf8').replace('Name="Bang"', 'Name="Crash"'));
      project.loadWorkUnit(workUnit);
      expect(model.isLoaded(workUnit)).toBe(true);
      expect(at(`${era.mixer}\\Crash`).type).toBe('Sound');
      expect(at(`${era.nested}\\Deep`).type).toBe('Sound');
      expect(model.reference(action, 'Target')).toBe(at(era.boom));
      await project.edit('Edit', 0, (editor) => editor.setNotes(at(era.mixer), 'again'));
      // The file changed by hand left stale names of Crash behind: made right by the rename.
      await project.edit('Edit', 0, (editor) => editor.rename(at(`${era.mixer}\\Crash`), 'Bang'));
    });
  });

  it('is not unloaded over unsaved changes', async () => {
    await withEra(123, async ({ era, project, at }) => {
      await project.edit('Edit', 0, (editor) => editor.setNotes(at(`${era.nested}\\Deep`), 'new'));
      expect(() => project.unloadWorkUnit(at(era.home))).toThrow('Work Unit "Inner" has unsaved changes');
      expect(at(era.boom).name).toBe('Boom');
    });
  });
});

describe('a value per platform', () => {
  it('is unlinked with the value it has, and linked back to the byte', async () => {
    await withEra(133, async ({ era, project, at, text }) => {
      const before = text('Containers/Default Work Unit.wwu');
      const { model } = project;
      const bang = at(`${era.mixer}\\Bang`);
      const link = (linked: boolean) =>
        project.edit('Link', 0, (editor) => editor.setLinked(bang, 'Volume', 'Mac', linked));
      await link(false);
      expect(model.isLinked(bang, 'Volume', 'Mac')).toBe(false);
      expect(model.isLinked(bang, 'Volume', 'Windows')).toBe(true);
      await project.edit('Set', 0, (editor) => editor.setProperty(bang, 'Volume', -12));
      expect([model.property(bang, 'Volume', 'Mac'), model.property(bang, 'Volume', 'Windows')]).toEqual([
        0, -12,
      ]);
      project.undo.undo();
      await link(true);
      project.save();
      expect(text('Containers/Default Work Unit.wwu')).toBe(before);
    });
  });
});
