import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { platform } from 'node:process';
import type { Log } from '../core/log.ts';
import type { Engine } from '../embedded/engine.ts';
import { leaveUnsaved } from './hand-over.ts';
import { sharedSessions } from './shared-sessions.ts';

/** What others find out about a project that is shared. */
export interface SharedAs {
  /** Of this program. */
  readonly version: string;
  /** Where it is served by WAMP, too. */
  readonly wamp?: { readonly host: string; readonly port: number } | undefined;
}

/**
 * Lets other windows of the same user work on the project of an engine: a WAAPI server at a socket in a folder that only this
 * user may enter, or at a named pipe on Windows, named in the lock of the project. Resolves to what ends it: unsaved work is then
 * left for the windows that worked on it. Where no such socket can be made the project stays this process's alone.
 */
export async function shareProject(
  engine: Engine,
  { version, wamp }: SharedAs,
  log: Log,
): Promise<() => Promise<void>> {
  const nothing = async (): Promise<void> => {};
  if (engine.project === null) return nothing;
  const { serveAtSocket } = await import('../embedded/server/serve-at-socket.ts');
  try {
    // Only its owner may enter it. Pipes lie in no folder, and other users may not write to one.
    const folder = platform === 'win32' ? null : await mkdtemp(join(tmpdir(), 'wwiseflow-'));
    const path = folder === null ? newPipePath() : join(folder, 'waapi');
    const sessions = sharedSessions(engine, () => server.close());
    const server = await serveAtSocket(sessions, path, log);
    engine.project?.announce({ kind: 'socket', path, version, wamp: wamp ?? null });
    return async () => {
      const isShared = sessions.count > 0;
      await server.close();
      const isLeft = folder !== null && isShared && leaveUnsaved(folder, engine, log);
      if (folder !== null && !isLeft) await rm(folder, { recursive: true, force: true });
    };
  } catch (err) {
    log.warn({ err }, 'Other windows cannot share the project of this one.');
    return nothing;
  }
}

/** The same, unless it ends before that is worth the while: another process waits so long for what is short. */
export function shareSoon(engine: Engine, as: SharedAs, log: Log): () => Promise<void> {
  let sharing: Promise<() => Promise<void>> | undefined;
  const timer = setTimeout(() => {
    sharing = shareProject(engine, as, log);
  }, soonMs).unref();
  return async () => {
    clearTimeout(timer);
    await (await sharing)?.();
  };
}

const soonMs = 500;

/** A named pipe of Windows that nobody has yet. */
export function newPipePath(): string {
  return `\\\\.\\pipe\\wwiseflow-${randomBytes(16).toString('hex')}`;
}
