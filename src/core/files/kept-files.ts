import { basename } from 'node:path';
import { WwiseFlowError } from '../errors.ts';

/**
 * Refuses to let a node or an export write what others keep: files of a project are written by saving it, and what lies beside them for a lock
 * or a save, or chooses the tools of the next start, by the program itself. Throws PATH_NOT_ALLOWED.
 */
export function refuseKeptFile(path: string): void {
  const name = basename(path);
  const why = kept.find(({ names }) => names.test(name));
  if (why === undefined && !/[\\/]\.wwiseflow-/i.test(path)) return;
  throw new WwiseFlowError(
    'PATH_NOT_ALLOWED',
    `"${path}" is ${why?.what ?? own}: no workflow or export writes it.`,
    {
      hint: 'Change a project by its commands and project_save; give data a name of its own, as "rows.csv".',
      details: { path },
    },
  );
}

const own = 'a file of this program itself';
/** What a file system drops from the end of a name is looked past. */
const kept: readonly { readonly names: RegExp; readonly what: string }[] = [
  { names: /\.(wproj|wwu)[. ]*(:.*)?$/i, what: 'a file of a project' },
  { names: /^\..*\.wproj\./i, what: own },
  { names: /^wwiseflow\.config\.json[. ]*(:.*)?$/i, what: own },
];
