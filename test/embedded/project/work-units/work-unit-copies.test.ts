import { cpSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkProject } from '../../../../src/embedded/project/compare/check.ts';
import { printCheck } from '../../../../src/facades/cli/check.ts';
import { printTo } from '../../../../src/facades/cli/print.ts';
import { withEngine } from '../../../harness/engine.ts';
import { freshProject } from '../../../harness/fresh-project.ts';
import { newTempDir } from '../../../harness/temp-dir.ts';

describe('a Work Unit file that someone copied by hand', () => {
  it.each(['Events/Default Work Unit - Copy.wwu', 'Attenuations/Stray.wwu'])(
    'as %s is left alone: edits go to the file that bears the name',
    async (copy) => {
      let original = '';
      await withEngine(
        async ({ dir, call }) => {
          const copyPath = join(dir, 'Copied', copy);
          const untouched = readFileSync(copyPath);
          await call('object.create', {
            parent: '\\Events\\Default Work Unit',
            type: 'Event',
            name: 'Play_It',
          });
          await call('project.save');
          expect(readFileSync(original, 'utf8')).toContain('Name="Play_It"');
          expect(readFileSync(copyPath)).toEqual(untouched);
        },
        (dir) => {
          const projectPath = join(dir, 'Copied', 'Copied.wproj');
          freshProject(projectPath);
          original = join(dirname(projectPath), 'Events', 'Default Work Unit.wwu');
          cpSync(original, join(dirname(projectPath), copy));
          return projectPath;
        },
      );
    },
  );
});

describe('checking a project', () => {
  it('names objects whose GUID another one has, a copied Work Unit once', async () => {
    const dir = newTempDir('check-duplicates');
    try {
      const projectPath = join(dir, 'Copied', 'Copied.wproj');
      freshProject(projectPath);
      expect(checkProject(projectPath)).toMatchObject({ duplicates: [], brokenFiles: [] });
      const busses = join(dirname(projectPath), 'Busses');
      cpSync(join(busses, 'Default Work Unit.wwu'), join(busses, 'Default Work Unit_LOCAL_1234.wwu'));
      const findings = checkProject(projectPath);
      expect(findings.duplicates).toEqual([
        expect.objectContaining({
          type: 'WorkUnit',
          filePath: join(busses, 'Default Work Unit_LOCAL_1234.wwu'),
          first: expect.objectContaining({ filePath: join(busses, 'Default Work Unit.wwu') }),
          below: 1,
        }),
      ]);
      const lines: string[] = [];
      const print = printTo((text) => lines.push(text));
      expect(printCheck(findings, false, print)).toBe(1);
      expect(lines.join('')).toContain('WorkUnit "Default Work Unit" (and 1 below it) has the GUID');
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });
});
