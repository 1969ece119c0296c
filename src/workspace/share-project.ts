import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { platform } from 'node:process';
import { WwiseFlowError } from '../core/errors.ts';
import { asJsonObject, asString } from '../core/json.ts';
import type { Log } from '../core/log.ts';
import type { Engine } from '../embedded/engine.ts';
import type { WaapiBackend } from '../wwise/connection/backend.ts';

/**
 * Lets other windows of the same user work on the project of an engine: a WAAPI server at a socket in a folder that only this
 * user may enter, or at a named pipe on Windows, named in the lock of the project. Resolves to what ends it. Where no such
 * socket can be made the project stays this process's alone.
 */
export async function shareProject(engine: Engine, version: string, log: Log): Promise<() => Promise<void>> {
  const nothing = async (): Promise<void> => {};
  if (engine.project === null) return nothing;
  const { serveAtSocket } = await import('../embedded/server/serve-at-socket.ts');
  try {
    // Only its owner may enter it. Pipes lie in no folder, and other users may not write to one.
    const folder = platform === 'win32' ? null : await mkdtemp(join(tmpdir(), 'wwiseflow-'));
    const path = folder === null ? newPipePath() : join(folder, 'waapi');
    const server = await serveAtSocket(engine, path, log);
    engine.project.announce({ kind: 'socket', path, version });
    return async () => {
      await server.close();
      if (folder !== null) await rm(folder, { recursive: true, force: true });
    };
  } catch (err) {
    log.warn({ err }, 'Other windows cannot share the project of this one.');
    return nothing;
  }
}

/** A named pipe of Windows that nobody has yet. */
export function newPipePath(): string {
  return `\\\\.\\pipe\\wwiseflow-${randomBytes(16).toString('hex')}`;
}

/** Where a client of WAMP finds a socket or a pipe. */
export function socketUrl(path: string): string {
  return `ws+unix:${path}:/waapi`;
}

/** Where whoever has a project shares it. */
export interface SharedAddress {
  readonly path: string;
  /** Of the program there. */
  readonly version: string;
}

/** The same as the refusal to open a project a second time says it. */
export function sharedAddress(thrown: unknown): SharedAddress | undefined {
  if (!(thrown instanceof WwiseFlowError) || thrown.code !== 'WAAPI_UNAVAILABLE') return undefined;
  const { kind, path, version } = asJsonObject(thrown.details?.address);
  const [at, of] = [asString(path), asString(version)];
  return kind === 'socket' && at !== undefined && of !== undefined ? { path: at, version: of } : undefined;
}

/**
 * A session with the process that has the project.
 * @throws WwiseFlowError WAAPI_UNAVAILABLE when that is another version; WaapiLinkError when it cannot be reached
 */
export async function joinProject(address: SharedAddress, version: string, log: Log): Promise<WaapiBackend> {
  if (address.version !== version) throw otherVersion(address.version, version);
  const { connectWamp } = await import('../wwise/connection/connect-wamp.ts');
  const backend = await connectWamp(socketUrl(address.path));
  log.info({ path: address.path }, 'working through the process that has the project');
  return backend;
}

function otherVersion(theirs: string, ours: string): WwiseFlowError {
  return new WwiseFlowError(
    'WAAPI_UNAVAILABLE',
    `The project is open in WwiseFlow ${theirs}, and this is ${ours}: they do not work on it together.`,
    { hint: 'End the other one, or start both in one version.', details: { theirs, ours } },
  );
}
