import { kill, pid } from 'node:process';
import { openProject } from '../../src/embedded/project/open-project.ts';
import { watchingDisk } from './disk-calls.ts';
import { prepareSave } from './ten-file-save.ts';

/** A process of its own that saves ten files and is killed by the system just before it puts this one into its place. */
const [projectPath = '', which = '0'] = process.argv.slice(2);
const project = await openProject(projectPath);
const save = await prepareSave(project, 'edits');
let placed = 0;
watchingDisk(({ name }) => {
  if (name === 'linkSync' && placed++ === Number(which)) kill(pid, 'SIGKILL');
}, save);
