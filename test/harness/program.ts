import { join } from 'node:path';
import { inject } from 'vitest';

/** The file with which node starts one of the programs listed in `build-programs.ts`, by the name of its source. */
export function program(name: string): string {
  return join(inject('programs'), `${name}.js`);
}
