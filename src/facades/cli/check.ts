import pc from 'picocolors';
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
  readonly strayFiles: readonly string[];
}

/** Prints the findings. Exit code 0: every file comes back byte for byte, 1: one differs or cannot be read. */
export function printCheck(findings: CheckFindings, json: boolean, print: Print): number {
  const { filesRead, bytesRead, differences, brokenFiles, strayFiles } = findings;
  const sound = differences.length === 0 && brokenFiles.length === 0;
  if (json) {
    printJson({ ok: sound, ...findings }, print);
    return sound ? 0 : 1;
  }
  for (const { filePath, problem } of brokenFiles) print(`${pc.red('✗')} ${filePath}\n    ${problem}`);
  for (const { filePath, line, offset, expected, actual } of differences) {
    print(`${pc.red('✗')} ${filePath}:${line} differs from byte ${offset}`);
    print(`    there    ${pc.green(JSON.stringify(expected))}`);
    print(`    written  ${pc.red(JSON.stringify(actual))}`);
  }
  for (const filePath of strayFiles) {
    print(`${pc.yellow('!')} ${filePath}\n    lies in no folder of the project: Wwise does not load it`);
  }
  const size = `${filesRead} files, ${bytesRead.toLocaleString('en-US')} bytes`;
  if (sound) print(`${pc.green('✓')} ${size}: all written back byte for byte.`);
  else
    print(
      `${pc.red('✗')} ${size}: ${differences.length} would differ, ${brokenFiles.length} cannot be read.`,
    );
  return sound ? 0 : 1;
}
