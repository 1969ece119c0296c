import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { WwiseFlowError } from '../../core/errors.ts';

/** How a run of WwiseConsole ended, and what of its output an agent needs. */
export interface ConsoleRun {
  /** 0 done, 1 failed, 2 done with warnings; null when it was ended from outside. */
  readonly exitCode: number | null;
  /** Lines that name an error or a warning, the first ones. */
  readonly problems: string[];
  /** The last lines. */
  readonly tail: string[];
  /** Lines that are in neither. */
  readonly omitted: number;
}

/** Lines kept of each kind, and characters of a line: an answer must stay small however much is printed. */
const mostProblems = 60;
const mostTail = 20;
const longestLine = 500;

/** SoundBanks of a large project take this long, and nothing takes longer. */
const timeoutMs = 60 * 60_000;

/**
 * Runs WwiseConsole with these arguments, without a shell. Rejects with FILE_NOT_FOUND when it is not installed or not
 * known, WAAPI_ERROR when it does not start or takes longer than an hour, and what `signal` aborts with, after ending it.
 */
export async function runWwiseConsole(
  consolePath: string | null,
  args: readonly string[],
  signal: AbortSignal,
): Promise<ConsoleRun> {
  if (consolePath === null || !existsSync(consolePath)) throw notInstalled(consolePath);
  const ended = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  const child = spawn(consolePath, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
    signal: ended,
  });
  const kept = keepLines();
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream, crlfDelay: Infinity }).on('line', kept.add);
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  }).catch((thrown: unknown) => {
    signal.throwIfAborted();
    if (ended.aborted) throw tookTooLong();
    throw didNotStart(consolePath, thrown);
  });
  return { exitCode, ...kept.read() };
}

function keepLines() {
  const problems: string[] = [];
  const tail: string[] = [];
  let omitted = 0;
  return {
    add(line: string): void {
      if (line.trim() === '') return;
      const text = line.length > longestLine ? `${line.slice(0, longestLine)}...` : line;
      if (/\b(error|warning)\b/i.test(text) && problems.length < mostProblems) {
        problems.push(text);
        return;
      }
      tail.push(text);
      if (tail.length <= mostTail) return;
      tail.shift();
      omitted += 1;
    },
    read: () => ({ problems, tail, omitted }),
  };
}

function notInstalled(consolePath: string | null): WwiseFlowError {
  const reason =
    consolePath === null ? 'WwiseConsole is not known on this machine.' : `There is no "${consolePath}".`;
  return new WwiseFlowError('FILE_NOT_FOUND', reason, {
    hint: 'Install Wwise and start WwiseFlow with --wwise-console FILE (WwiseConsole.exe, on a Mac WwiseConsole.sh).',
    details: { consolePath },
  });
}

function tookTooLong(): WwiseFlowError {
  return new WwiseFlowError(
    'WAAPI_ERROR',
    `WwiseConsole took longer than ${timeoutMs / 60_000} minutes and was ended.`,
    {
      hint: 'Ask for fewer SoundBanks, platforms or languages at once, or look whether it hangs.',
    },
  );
}

function didNotStart(consolePath: string, thrown: unknown): WwiseFlowError {
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  return new WwiseFlowError('WAAPI_ERROR', `"${consolePath}" did not run: ${reason}.`, {
    hint: 'Check that --wwise-console names the WwiseConsole program and that it may be executed.',
    details: { consolePath },
    cause: thrown,
  });
}
