import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createProject } from '../../src/embedded/project/new-project/new-project.ts';

/** A GUID of these tests, by its number. */
export const guidOf = (number: number): string =>
  `{5A000000-0000-4000-8000-${String(number).padStart(12, '0')}}`;

/** A new project and what a test adds to its files by hand, as merges and other programs do. */
export interface SickProject {
  readonly projectPath: string;
  readonly folder: string;
  /** Writes a Work Unit with these children into a folder of a hierarchy. */
  workUnit(path: string, root: string, number: number, children: string, name?: string): string;
  /** Puts a file into the Originals. */
  original(path: string, bytes: Buffer): void;
}

export function sickProject(dir: string): SickProject {
  const projectPath = join(dir, 'Sick', 'Sick.wproj');
  createProject(projectPath);
  const folder = dirname(projectPath);
  const schema = /SchemaVersion="(\d+)"/.exec(readFileSync(projectPath, 'utf8'))?.[1] ?? '';
  const write = (path: string, content: string | Buffer): void => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  };
  return {
    projectPath,
    folder,
    workUnit(path, root, number, children, name = path.split('/').at(-1)?.replace('.wwu', '') ?? '') {
      const id = guidOf(number);
      const file = join(folder, ...path.split('/'));
      const list = `<ChildrenList>${children}</ChildrenList>`;
      const unit = `<WorkUnit Name="${name}" ID="${id}" PersistMode="Standalone">${list}</WorkUnit>`;
      const head = '<?xml version="1.0" encoding="utf-8"?>\n';
      write(
        file,
        `${head}<WwiseDocument Type="WorkUnit" ID="${id}" SchemaVersion="${schema}"><${root}>${unit}</${root}></WwiseDocument>\n`,
      );
      return file;
    },
    original: (path, bytes) => write(join(folder, 'Originals', ...path.split('/')), bytes),
  };
}
