import { green, line, red, yellow } from './draw/paint.ts';
import { type Print, printJson } from './print.ts';

/** What a check of a project found; see `checkProject` of the embedded engine. */
export interface CheckFindings {
  readonly filesRead: number;
  readonly bytesRead: number;
  readonly differences: readonly {
    readonly filePath: string;
    readonly offset: number;
    readonly line: number;
    readonly expected: string;
    readonly actual: string;
  }[];
  readonly brokenFiles: readonly { readonly filePath: string; readonly problem: string }[];
  readonly duplicates: readonly {
    readonly id: string;
    readonly type: string;
    readonly name: string;
    readonly filePath: string;
    readonly first: { readonly path: string; readonly filePath: string };
    readonly below: number;
  }[];
  readonly health: readonly {
    readonly kind: string;
    readonly filePath: string;
    readonly object: { readonly path: string };
    readonly message: string;
  }[];
  readonly strayFiles: readonly string[];
  readonly unfinishedSave: readonly string[];
  readonly readOnlyFiles: readonly string[];
}

/** Prints the findings. Exit code 0: every file comes back byte for byte, 1: one differs or cannot be read, a GUID, a name or a Work Unit stands twice, something lies where it may not, or a save was cut off. */
export function printCheck(findings: CheckFindings, json: boolean, print: Print): number {
  const { filesRead, bytesRead, differences, brokenFiles, duplicates, health, strayFiles, unfinishedSave } =
    findings;
  const { readOnlyFiles } = findings;
  const grave = health.filter(({ kind }) => isGrave(kind));
  const sound = [differences, brokenFiles, duplicates, grave, unfinishedSave].every(
    ({ length }) => length === 0,
  );
  if (json) {
    printJson({ ok: sound, ...findings }, print);
    return sound ? 0 : 1;
  }
  for (const { filePath, problem } of brokenFiles) print(line`${red('✗')} ${filePath}\n    ${problem}`);
  for (const { id, type, name, filePath, first, below } of duplicates) {
    const more = below === 0 ? '' : ` (and ${below} below it)`;
    print(line`${red('✗')} ${filePath}\n    ${type} "${name}"${more} has the GUID ${id} of`);
    print(line`    "${first.path}" in ${first.filePath}: only that one is found by it`);
  }
  for (const { kind, filePath, object, message } of health) {
    print(line`${isGrave(kind) ? red('✗') : yellow('!')} ${filePath}\n    "${object.path}": ${message}`);
  }
  for (const { filePath, line: row, offset, expected, actual } of differences) {
    print(line`${red('✗')} ${filePath}:${row} differs from byte ${offset}`);
    print(line`    there    ${green(JSON.stringify(expected))}`);
    print(line`    written  ${red(JSON.stringify(actual))}`);
  }
  if (unfinishedSave.length > 0) {
    print(
      line`${red('✗')} A save was cut off in the middle, or is under way: these may be partly old and partly new.`,
    );
    for (const filePath of unfinishedSave) print(line`    ${filePath}`);
    print('    Opening the project (wwiseflow doctor, run, mcp or waapi-server) completes or undoes it.');
  }
  for (const filePath of strayFiles) {
    print(line`${yellow('!')} ${filePath}\n    lies in no folder of the project: Wwise does not load it`);
  }
  const [locked] = readOnlyFiles;
  if (locked !== undefined) {
    const more = readOnlyFiles.length === 1 ? '' : ', and others';
    print(
      line`${yellow('!')} ${readOnlyFiles.length} of ${filesRead} files may not be written: ${locked}${more}`,
    );
    print('    Check them out, or give this user the right, before what is in them is edited.');
  }
  const size = `${filesRead} files, ${bytesRead.toLocaleString('en-US')} bytes`;
  if (sound) print(line`${green('✓')} ${size}: all written back byte for byte.`);
  else
    print(
      line`${red('✗')} ${size}: ${differences.length} would differ, ${brokenFiles.length} cannot be read, ${duplicates.length} GUIDs stand twice, ${grave.length} objects are not where or what they may be.`,
    );
  return sound ? 0 : 1;
}

/** Whether Wwise would not load it or would change it; the rest it tolerates. */
export function isGrave(kind: string): boolean {
  return graveKinds.has(kind);
}

const graveKinds: ReadonlySet<string> = new Set(['misplaced', 'twinName', 'twinWorkUnit']);
