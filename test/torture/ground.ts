import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freshProject } from '../harness/fresh-project.ts';
import { withMcp } from '../harness/mcp-room.ts';
import { writeTone } from '../harness/wave.ts';

/** Where attacks create Sounds. */
export const home = '\\Containers\\Default Work Unit';
/** The only file of a project that they change. */
export const touched = join('Containers', 'Default Work Unit.wwu');
/** Sounds that are there before, beside those that are made. */
const old = ['Old_1', 'Old_2', 'Old_3'];

/** A project with what nobody has business with: older Sounds, another Work Unit, files in the Originals, a file of somebody. */
export interface Ground {
  readonly projectPath: string;
  readonly projectDir: string;
  /** Its files as they were made, by their path in it. */
  readonly files: ReadonlyMap<string, Buffer>;
}

/** Makes a new one below `dir`; `name` must be new there. The first is made by the program, the others are copies of it. */
export async function newGround(dir: string, name: string): Promise<Ground> {
  const first = join(dir, 'ground');
  if (!existsSync(first)) await make(first);
  const projectDir = join(dir, name);
  cpSync(join(first, 'Game'), projectDir, { recursive: true });
  return { projectDir, projectPath: join(projectDir, 'Game.wproj'), files: filesBelow(projectDir) };
}

/** All files of a folder with their bytes, by their path in it; without those of who has the project open. */
export function filesBelow(dir: string): ReadonlyMap<string, Buffer> {
  const entries = readdirSync(dir, { recursive: true, withFileTypes: true });
  return new Map(
    entries
      .filter((entry) => entry.isFile() && !entry.name.endsWith('.lock'))
      .map((entry) => join(entry.parentPath, entry.name))
      .toSorted()
      .map((path) => [path.slice(dir.length + 1), readFileSync(path)]),
  );
}

async function make(dir: string): Promise<void> {
  const projectDir = join(dir, 'Game');
  const projectPath = join(projectDir, 'Game.wproj');
  mkdirSync(dir, { recursive: true });
  freshProject(projectPath);
  writeTone(join(dir, 'Old.wav'));
  await withMcp(dir, ['--project', projectPath], async ({ done }) => {
    for (const name of old)
      await done('create_object', { type: 'Sound', name, parentPath: home, properties: { Volume: -3 } });
    await done('audio_import', { filePath: join(dir, 'Old.wav'), parentPath: home, name: 'Old_4' });
    await done('create_work_unit', { name: 'Others', parentPath: '\\Containers' });
    for (const name of ['Theirs_1', 'Theirs_2'])
      await done('create_object', { type: 'Sound', name, parentPath: '\\Containers\\Others' });
    await done('project_save', {});
  });
  writeFileSync(join(projectDir, 'Read me.txt'), 'Of somebody else.\r\n');
}
