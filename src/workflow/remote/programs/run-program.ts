import { spawn } from 'node:child_process';
import { kill, platform } from 'node:process';
import { type ErrorCode, WwiseFlowError } from '../../../core/errors.ts';
import { systemCode } from '../../../core/files/system-code.ts';
import type { JsonObject } from '../../../core/json.ts';
import { withoutSecrets } from '../../../core/secrets/known-secrets.ts';
import { didYouMean } from '../../../core/text/nearest.ts';

/** A program and what it is started with. No shell sees any of it. */
export interface ProgramCall {
  readonly program: string;
  readonly args: readonly string[];
  readonly dir: string | undefined;
  readonly stdin: string | undefined;
  readonly timeoutMs: number;
  readonly okExitCodes: readonly number[];
  /** The most of its output that is kept, in bytes of each stream: the end of it. */
  readonly mostBytes: number;
  readonly signal: AbortSignal | undefined;
  /** Each piece that it writes, as it comes. */
  onText(text: string): void;
}

export interface ProgramEnd {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a program that is on the list, and waits for its end. PROGRAM_NOT_ALLOWED, PROGRAM_NOT_FOUND, PROGRAM_FAILED, TIMEOUT or
 * CANCELLED; it is then ended with all that it started.
 */
export async function runProgram(call: ProgramCall, allowed: readonly string[]): Promise<ProgramEnd> {
  const { program, args, dir, stdin, timeoutMs, okExitCodes, signal } = call;
  if (!allowed.includes(program)) throw notAllowedProgram(program, allowed);
  const started = performance.now();
  const child = spawn(program, [...args], {
    cwd: dir,
    shell: false,
    windowsHide: true,
    // A group of its own, so that all of it can be ended.
    detached: platform !== 'win32',
    stdio: [stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  });
  const [out, err] = [tail(call.mostBytes), tail(call.mostBytes)];
  child.stdout?.on('data', (piece: Buffer) => {
    out.add(piece);
    call.onText(piece.toString('utf8'));
  });
  child.stderr?.on('data', (piece: Buffer) => {
    err.add(piece);
    call.onText(piece.toString('utf8'));
  });
  child.stdin?.on('error', () => {});
  child.stdin?.end(stdin);
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), timeoutMs);
  const either = signal === undefined ? limit.signal : AbortSignal.any([signal, limit.signal]);
  const end = (): void => {
    if (child.pid === undefined) return;
    try {
      if (platform === 'win32') child.kill('SIGKILL');
      else kill(-child.pid, 'SIGKILL');
    } catch {
      child.kill('SIGKILL');
    }
  };
  either.addEventListener('abort', end, { once: true });
  if (either.aborted) end();
  try {
    const exitCode = await new Promise<number>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code, by) => resolve(code ?? (by === null ? 1 : 137)));
    });
    const stderr = withoutSecrets(err.text());
    const details = {
      program,
      exitCode,
      stderr: stderr.slice(-2_000),
      ms: Math.round(performance.now() - started),
    };
    if (signal?.aborted === true)
      throw ended('CANCELLED', `${program} was cancelled.`, 'Resume the run to run it again.', details);
    if (limit.signal.aborted)
      throw ended(
        'TIMEOUT',
        `${program} took longer than its limit of ${timeoutMs} ms and was ended.`,
        'Raise timeoutMs of the node, or give it less to do.',
        details,
      );
    if (!okExitCodes.includes(exitCode))
      throw ended(
        'PROGRAM_FAILED',
        `${program} ended with ${exitCode}: ${lastLine(stderr)}`,
        'Read details.stderr, and repair the arguments.',
        details,
      );
    return { exitCode, stdout: withoutSecrets(out.text()), stderr };
  } catch (thrown) {
    if (thrown instanceof WwiseFlowError) throw thrown;
    const code = systemCode(thrown);
    const isAbsent = code === 'ENOENT';
    throw ended(
      isAbsent ? 'PROGRAM_NOT_FOUND' : 'PROGRAM_FAILED',
      isAbsent
        ? `${program} is not installed here, or the folder it is to run in is not there.`
        : `${program} could not be started: ${thrown instanceof Error ? thrown.message : String(thrown)}.`,
      'Install it, or put its folder into PATH; --allow-program takes a whole path too.',
      { program, code: code ?? null },
    );
  } finally {
    clearTimeout(timer);
    either.removeEventListener('abort', end);
  }
}

function ended(code: ErrorCode, message: string, hint: string, details: JsonObject): WwiseFlowError {
  return new WwiseFlowError(code, message, { hint, details });
}

function notAllowedProgram(program: string, allowed: readonly string[]): WwiseFlowError {
  return new WwiseFlowError(
    'PROGRAM_NOT_ALLOWED',
    `"${program}" is not on the list of programs that may be run.${didYouMean(program, allowed)}`,
    {
      hint: `Start with --allow-program ${program}, if it may be run. On the list: ${allowed.join(', ') || 'none'}.`,
      details: { program, allowed: [...allowed] },
    },
  );
}

function lastLine(text: string): string {
  return (
    text
      .trim()
      .split(/[\r\n]+/)
      .at(-1)
      ?.slice(0, 300) ?? ''
  );
}

/** The end of a stream. */
function tail(mostBytes: number): { add(piece: Buffer): void; text(): string } {
  let kept = Buffer.alloc(0);
  return {
    add: (piece) => {
      kept = Buffer.concat([kept, piece]);
      if (kept.length > mostBytes) kept = kept.subarray(kept.length - mostBytes);
    },
    text: () => kept.toString('utf8'),
  };
}
