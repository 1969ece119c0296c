import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { asJsonObject, type JsonObject } from '../../src/core/json.ts';

/** What came of a call: the structured answer, or how it went without one. */
export interface Called {
  readonly ok: boolean;
  readonly code: string;
  readonly data: JsonObject;
}

/** A server as a process of its own, spoken to line by line over stdio. */
export interface Session {
  readonly process: ChildProcessWithoutNullStreams;
  /** Never rejects: the code is GONE where the process ended first, and UNANSWERED where no answer came at all. */
  call(tool: string, args: JsonObject): Promise<Called>;
  /** Its result or error, as it came. */
  request(method: string, params: JsonObject): Promise<JsonObject>;
  /** Writes a line as it is. */
  send(line: string | Buffer): void;
  /** Called with the number of each notification of progress. */
  onProgress: (progress: number) => void;
  /** Memory that is in use, in MB. */
  residentMb(): number;
  /** SIGKILL, and until it is gone. */
  kill(): Promise<void>;
  /** As a client ends it. Gives how it ended; `late` where it did not within a minute, and was killed. */
  end(): Promise<string>;
}

/** Has a process end by `how`. Gives its code or signal, or `late` where it went on for a minute, and was killed. */
export async function endOf(child: ChildProcess, gone: Promise<unknown[]>, how: () => void): Promise<string> {
  how();
  const limit = new AbortController();
  const late = delay(60_000, 'late', { signal: limit.signal }).catch(() => 'late');
  const ended = await Promise.race([gone.then(([code, signal]) => String(signal ?? code)), late]);
  limit.abort();
  if (ended === 'late') child.kill('SIGKILL');
  return ended;
}

/** No attack waits for this: it ends what hangs, and is a breach of the law. */
const hangsAfterMs = 300_000;

/** Starts node with these arguments; `shell` is done in a shell before, as a limit. */
export async function openSession(
  args: readonly string[],
  { cwd, shell, env }: { readonly cwd: string; readonly shell?: string; readonly env?: NodeJS.ProcessEnv },
): Promise<Session> {
  const command: readonly string[] =
    shell === undefined
      ? [process.execPath, ...args]
      : ['bash', '-c', `${shell}; exec "$0" "$@"`, process.execPath, ...args];
  const child = spawn(command[0] ?? '', command.slice(1), {
    cwd,
    env: { ...process.env, ...env },
    stdio: 'pipe',
  });
  const gone = once(child, 'exit');
  const owed = new Map<unknown, (answer: JsonObject) => void>();
  child.stderr.resume();
  child.stdin.on('error', () => undefined);
  createInterface({ input: child.stdout }).on('line', (line) => {
    const message = asJsonObject(JSON.parse(line));
    if (message.method === 'notifications/progress')
      session.onProgress(Number(asJsonObject(message.params).progress));
    owed.get(message.id)?.(message);
    owed.delete(message.id);
  });
  child.on('close', () => {
    for (const answer of owed.values()) answer({ error: { code: 'GONE' } });
    owed.clear();
  });
  let lastId = 0;
  const session: Session = {
    process: child,
    onProgress: () => undefined,
    request: async (method, params) => {
      if (child.exitCode !== null || child.signalCode !== null) return { error: { code: 'GONE' } };
      const id = `r${++lastId}`;
      const answered = new Promise<JsonObject>((resolve) => owed.set(id, resolve));
      child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
      const limit = new AbortController();
      const late = delay(hangsAfterMs, { error: { code: 'UNANSWERED' } }, { signal: limit.signal });
      try {
        return await Promise.race([answered, late]);
      } finally {
        limit.abort();
        late.catch(() => undefined);
      }
    },
    call: async (name, args) => {
      const params = { name, arguments: { verbose: true, ...args }, _meta: { progressToken: `p${lastId}` } };
      const { result, error } = await session.request('tools/call', params);
      if (error !== undefined) return { ok: false, code: String(asJsonObject(error).code), data: {} };
      const answer = asJsonObject(asJsonObject(result).structuredContent);
      return { ok: answer.ok === true, code: String(answer.code), data: asJsonObject(answer.data) };
    },
    send: (line) => void child.stdin.write(line),
    residentMb: () => {
      const [, pages = 0] = readFileSync(`/proc/${child.pid}/statm`, 'utf8').split(' ').map(Number);
      return Math.round((pages * 4096) / 1e6);
    },
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
    end: () => endOf(child, gone, () => void child.stdin.end()),
  };
  await session.request('initialize', {
    protocolVersion: '2025-06-18',
    capabilities: {},
    clientInfo: { name: 'torture', version: '1' },
  });
  session.send('{"jsonrpc":"2.0","method":"notifications/initialized"}\n');
  return session;
}
