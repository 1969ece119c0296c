import { cpSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createProject } from '../../../src/embedded/project/new-project.ts';
import { withEngine } from '../../harness/engine.ts';

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
          createProject(projectPath);
          original = join(dirname(projectPath), 'Events', 'Default Work Unit.wwu');
          cpSync(original, join(dirname(projectPath), copy));
          return projectPath;
        },
      );
    },
  );
});
