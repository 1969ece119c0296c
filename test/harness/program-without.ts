import { cpSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packageDir } from './app-in.ts';
import { program } from './program.ts';

/** The program as it is installed where an optional package is not: a copy below `dir`, beside all other packages. Gives its main file. */
export function programWithout(name: string, dir: string): string {
  const home = join(dir, `without-${name}`);
  mkdirSync(join(home, 'node_modules'), { recursive: true });
  for (const one of readdirSync(join(packageDir, 'node_modules')))
    if (one !== name) symlinkSync(join(packageDir, 'node_modules', one), join(home, 'node_modules', one));
  for (const one of ['package.json', 'presets', 'prompts', 'templates'])
    symlinkSync(join(packageDir, one), join(home, one));
  const built = program('main');
  cpSync(dirname(built), join(home, 'dist'), { recursive: true });
  return join(home, 'dist', 'main.js');
}
