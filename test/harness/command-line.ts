import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { launch } from '../facades/mcp/stdio/stdio-client.ts';

export interface Said {
  readonly code: unknown;
  readonly out: string;
  readonly err: string;
}

export interface ProgramOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What its standard input says before it ends. Default: nothing. */
  readonly input?: string;
  /** The input ends only when the program has written this. Default: at once. */
  readonly until?: string;
}

/** Runs the program to its end, with this input, and gives what it wrote. */
export async function runProgram(args: readonly string[], options: ProgramOptions): Promise<Said> {
  const env = { ...process.env, ...options.env };
  const child = spawn(process.execPath, [...launch, ...args], { cwd: options.cwd, env });
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.out += text;
    if (options.until !== undefined && said.out.includes(options.until)) child.stdin.end();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.err += text;
  });
  child.stdin.write(options.input ?? '');
  if (options.until === undefined) child.stdin.end();
  const [code]: unknown[] = await once(child, 'close');
  return { code, ...said };
}
