import type { JsonObject } from '../../../core/json.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';
import { defineFunction } from '../define-function.ts';
import { runGit } from './git.ts';
import { namedFiles, workTreeOf } from './work-tree.ts';

/**
 * What git says about each file, in the order asked for. Wwise leaves the words to its plug-ins; here they are `add`,
 * `edit`, `delete`, `rename`, `conflict`, `ignored`, `not in source control` and `normal`; `assume-unchanged` and `skip-worktree`
 * where git was asked not to look, so that nobody knows. Git knows no owner of a file.
 */
export const sourceControlGetStatus = defineFunction({
  uri: 'ak.wwise.core.sourceControl.getStatus',
  async run(args, _options, context) {
    const tree = await workTreeOf(context);
    const paths = namedFiles(args.files).map(tree.inside);
    const statuses = new Map<string, string>();
    for (let start = 0; start < paths.length; start += atOnce) {
      const some = paths.slice(start, start + atOnce);
      for (const [path, status] of await changed(tree.root, some)) statuses.set(path, status);
    }
    const tracked = await trackedAmong(tree.root, paths);
    const result = paths.map((path): JsonObject => {
      const status = statuses.get(path) ?? tracked.get(path) ?? 'not in source control';
      return { status, owner: '' };
    });
    return { result, log: [] };
  },
});

/** Command lines are not endless, on Windows least of all. */
const atOnce = 100;

async function changed(root: string, paths: readonly string[]): Promise<[string, string][]> {
  const options = ['--porcelain=v1', '-z', '--untracked-files=all', '--ignored=matching'];
  const output = await git(root, ['status', ...options, '--', ...paths]);
  const entries = output.split('\0');
  const found: [string, string][] = [];
  for (let at = 0; at < entries.length; at++) {
    const entry = entries[at] ?? '';
    if (entry === '') continue;
    const code = entry.slice(0, 2);
    found.push([entry.slice(3), statusOf(code)]);
    // A rename is followed by the name it had.
    if (code.startsWith('R') || code.startsWith('C')) at++;
  }
  return found;
}

async function trackedAmong(root: string, paths: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const tracked = new Map<string, string>();
  for (let start = 0; start < paths.length; start += atOnce) {
    const output = await git(root, ['ls-files', '-v', '-z', '--', ...paths.slice(start, start + atOnce)]);
    for (const entry of output.split('\0')) tracked.set(entry.slice(2), statusOfTag(entry.slice(0, 1)));
  }
  return tracked;
}

/** By the letters of `git ls-files -v`. */
function statusOfTag(tag: string): string {
  if (tag.toUpperCase() === 'S') return 'skip-worktree';
  return tag === tag.toLowerCase() ? 'assume-unchanged' : 'normal';
}

function statusOf(code: string): string {
  if (code === '??') return 'not in source control';
  if (code === '!!') return 'ignored';
  if (code.includes('U') || code === 'AA' || code === 'DD') return 'conflict';
  if (code.includes('D')) return 'delete';
  if (code.startsWith('R')) return 'rename';
  return code.startsWith('A') ? 'add' : 'edit';
}

async function git(root: string, args: readonly string[]): Promise<string> {
  const { ok, output, trouble } = await runGit(root, args);
  if (ok) return output;
  throw waapiErrors.unexpected(`git: ${trouble}`);
}
