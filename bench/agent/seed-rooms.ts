import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { newTempDir } from '../../test/harness/temp-dir.ts';
import { makeSeed } from './seeds.ts';
import type { ProjectName } from './task.ts';

/** The projects that tasks begin with, each made once, when it is first asked for. */
export interface SeedRooms {
  seedOf(project: ProjectName): Promise<string>;
  remove(): void;
}

export function seedRooms(): SeedRooms {
  const dir = newTempDir('agent-seeds');
  const made = new Map<ProjectName, Promise<string>>();
  return {
    seedOf: (project) => {
      const known = made.get(project);
      if (known !== undefined) return known;
      const seed = join(dir, project);
      mkdirSync(seed, { recursive: true });
      const making = makeSeed(project, seed).then(() => seed);
      made.set(project, making);
      return making;
    },
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}
