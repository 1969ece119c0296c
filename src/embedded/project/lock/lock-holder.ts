import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { kill, pid } from 'node:process';
import { systemCode } from '../../../core/files/system-code.ts';
import { asJsonObject, asString, type JsonObject } from '../../../core/json.ts';

/** Where whoever has a project open can be reached. */
export type LockAddress =
  | { readonly kind: 'wamp' | 'http'; readonly host: string; readonly port: number }
  | {
      /** Of another WwiseFlow of the same user, for WAMP. */
      readonly kind: 'socket';
      readonly path: string;
      /** Of the program. */
      readonly version: string;
      /** Where it serves other programs; null: nowhere. */
      readonly wamp: { readonly host: string; readonly port: number } | null;
    };

/** Who has a project open, or is about to. What a system does not say is null. */
export interface LockHolder {
  readonly projectPath: string;
  readonly processId: number;
  /** In clock ticks since the machine started: another process of the same number has another. */
  readonly startedTicks: number | null;
  /** Of this start of the machine. */
  readonly bootId: string | null;
  /** Process numbers mean something within it only: a container has its own. */
  readonly pidNamespace: string | null;
  readonly host: string;
  /** False until it is known that nobody else has the project. */
  readonly isHeld: boolean;
  readonly address: LockAddress | null;
}

/** `unknown`: a process of another machine or container, which cannot be asked from here. */
export type Life = 'alive' | 'dead' | 'unknown';

/** This process as the holder of a project. */
export function thisHolder(projectPath: string): LockHolder {
  return {
    projectPath,
    processId: pid,
    startedTicks: processStart(pid) ?? null,
    ...thisMachine(),
    isHeld: false,
    address: null,
  };
}

/** Whether the process that wrote a lock still runs. */
export function lifeOf(holder: LockHolder): Life {
  const here = thisMachine();
  const { processId, startedTicks } = holder;
  if (holder.bootId !== here.bootId || holder.pidNamespace !== here.pidNamespace) return 'unknown';
  if (here.bootId === null && holder.host !== here.host) return 'unknown';
  if (!isRunning(processId)) return 'dead';
  // Without a start time the number may by now be that of another process.
  if (startedTicks === null) return 'unknown';
  const now = processStart(processId);
  if (now === undefined) return 'unknown';
  return now === startedTicks ? 'alive' : 'dead';
}

/** The holder that stands in a lock file; undefined for what is none. */
export function parseHolder(text: string): LockHolder | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { projectPath, processId, startedTicks, bootId, pidNamespace, host, isHeld, address } =
    asJsonObject(value);
  if (typeof processId !== 'number' || !Number.isInteger(processId) || processId <= 0) return undefined;
  return {
    projectPath: asString(projectPath) ?? '',
    processId,
    startedTicks: typeof startedTicks === 'number' ? startedTicks : null,
    bootId: asString(bootId) ?? null,
    pidNamespace: asString(pidNamespace) ?? null,
    host: asString(host) ?? '',
    isHeld: isHeld === true,
    address: parseAddress(asJsonObject(address)),
  };
}

function parseAddress({ kind, host, port, path, version, wamp }: JsonObject): LockAddress | null {
  if (kind === 'socket' && typeof path === 'string' && typeof version === 'string') {
    const at = asJsonObject(wamp);
    const isServed = typeof at.host === 'string' && typeof at.port === 'number';
    return { kind, path, version, wamp: isServed ? { host: String(at.host), port: Number(at.port) } : null };
  }
  if ((kind === 'wamp' || kind === 'http') && typeof host === 'string' && typeof port === 'number')
    return { kind, host, port };
  return null;
}

function thisMachine(): Pick<LockHolder, 'bootId' | 'pidNamespace' | 'host'> {
  return {
    bootId: orNull(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
    pidNamespace: orNull(() => readlinkSync('/proc/self/ns/pid')),
    host: hostname(),
  };
}

/** Signal 0 asks without disturbing; EPERM means the process lives and belongs to somebody else. */
function isRunning(processId: number): boolean {
  try {
    kill(processId, 0);
    return true;
  } catch (failure) {
    return systemCode(failure) === 'EPERM';
  }
}

/**
 * When a process started, in clock ticks (field 22 of /proc/PID/stat, see proc(5)); -1 for one that ended and was not waited
 * for, undefined where the system does not say.
 */
function processStart(processId: number): number | undefined {
  const stat = orNull(() => readFileSync(`/proc/${processId}/stat`, 'utf8'));
  if (stat === null) return undefined;
  // The name of the program, in parentheses, may hold spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z' || fields[0] === 'X') return -1;
  const ticks = Number(fields[19]);
  return Number.isInteger(ticks) ? ticks : undefined;
}

function orNull<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
