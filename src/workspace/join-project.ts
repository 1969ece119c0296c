import { setTimeout as delay } from 'node:timers/promises';
import { WwiseFlowError } from '../core/errors.ts';
import { asJsonObject, asString } from '../core/json.ts';
import type { Log } from '../core/log.ts';
import type { WaapiBackend } from '../wwise/connection/backend.ts';

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
 * What `open` opens, or where the project is shared that another process has. One that has only just taken it may share it in a
 * moment, and one that does something short ends: that is waited for. Rejects as `open` does.
 */
export async function openOrFind<T extends object>(open: () => Promise<T>): Promise<T | SharedAddress> {
  for (const until = performance.now() + patienceMs; ; await delay(lookEveryMs)) {
    try {
      return await open();
    } catch (thrown) {
      const other = sharedAddress(thrown);
      if (other !== undefined) return other;
      if (!isHeldInSilence(thrown) || performance.now() > until) throw thrown;
    }
  }
}

const patienceMs = 2_000;
const lookEveryMs = 100;

/** By a living process that says nothing of where it can be reached. */
function isHeldInSilence(thrown: unknown): boolean {
  if (!(thrown instanceof WwiseFlowError) || thrown.code !== 'WAAPI_UNAVAILABLE') return false;
  const { address, lockFile } = thrown.details ?? {};
  return address === null && typeof lockFile === 'string';
}

/** Where a client of WAMP finds a socket or a pipe. */
export function socketUrl(path: string): string {
  return `ws+unix:${path}:/waapi`;
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
