import { basename, relative } from 'node:path';

/** How this program can be started again from the same terminal: as it was started, as far as that is known. */
export function ownCommand(scriptPath: string, cwd: string): string {
  const parts = scriptPath.split(/[\\/]/);
  if (parts.includes('_npx')) return 'npx wwiseflow';
  // Installed: the name is on the PATH, as a link or as a script of npm.
  if (parts.includes('node_modules') || basename(scriptPath) === 'wwiseflow') return 'wwiseflow';
  const near = relative(cwd, scriptPath);
  const path = near === '' || near.startsWith('..') ? scriptPath : near;
  return `node ${path.includes(' ') ? `"${path}"` : path}`;
}
