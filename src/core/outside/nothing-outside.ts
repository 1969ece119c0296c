import { WwiseFlowError } from '../errors.ts';
import type { Outside } from './outside.ts';

/** The outside of a program that lets its workflows reach nothing. */
export const nothingOutside: Outside = Object.freeze({
  readFile: refuse,
  writablePath: refuse,
  pathToWrite: refuse,
  listFolder: refuse,
  writeFile: refuse,
  appendFile: refuse,
  moveFile: refuse,
  removeFile: refuse,
  database: refuse,
});

async function refuse(): Promise<never> {
  throw new WwiseFlowError('NOT_PERMITTED', 'Workflows of this program reach no files and databases.', {
    hint: 'Run it where they may: with the command line or a server of WwiseFlow.',
  });
}
