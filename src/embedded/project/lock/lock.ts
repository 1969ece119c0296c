import { rmSync, utimesSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { WwiseFlowError } from '../../../core/errors.ts';
import type { JsonObject } from '../../../core/json.ts';
import { realPlace } from '../disk/real-place.ts';
import type { WriteBounds } from '../saving/write-bounds.ts';
import { hideFromGit } from './hide-from-git.ts';
import { type LockAddress, type LockHolder, lifeOf, thisHolder } from './lock-holder.ts';
import {
  abandonedDrafts,
  type FoundLock,
  type LockPlace,
  lockPlaces,
  otherLocks,
  readLock,
  rewriteLock,
  writeLock,
} from './lock-places.ts';

export interface ProjectLock {
  /** Says where this process can be reached, so that a second one can name it. */
  announce(address: LockAddress): void;
  release(): void;
}

/**
 * Shows a second engine that a project is open: two engines saving the same files would lose edits. Each writes a file of its
 * own and holds the project when there is no other that is alive, so that of two at once at most one does. Whether a holder
 * is alive is known by its process number, its start time and the boot of the machine; one of another container or machine,
 * which cannot be asked, touches its file every two seconds and is dead when it did not for eight. Advisory. Where no place
 * takes a file, the project is opened without a lock: then nothing of it can be saved either.
 * @throws WwiseFlowError WAAPI_UNAVAILABLE naming the holder and, when it said so, where it can be reached.
 */
export async function lockProject(projectPath: string, bounds: WriteBounds): Promise<ProjectLock> {
  const places = lockPlaces(realPlace(projectPath));
  const [beside, ...shared] = places;
  const own = beside !== undefined && bounds.refusal(beside.directory) === undefined ? places : shared;
  for (let attempt = 1; ; attempt++) {
    const claim = thisHolder(projectPath);
    const path = writeLock(own, claim);
    const other = await livingOther(otherLocks(places, path), path);
    if (other === undefined) {
      removeDrafts(places, path);
      if (path !== undefined && dirname(path) === beside?.directory) hideFromGit(beside.directory);
      return path === undefined ? noLock : heldLock(path, { ...claim, isHeld: true });
    }
    if (path !== undefined) remove(path);
    // Two that claim it at once both step back; who comes again first has it.
    if (other.holder?.isHeld !== false || attempt === mostAttempts) throw alreadyOpen(projectPath, other);
    await delay(20 + Math.random() * 100);
  }
}

const mostAttempts = 10;
const beatMs = 2_000;
const silenceMs = 8_000;

const noLock: ProjectLock = { announce: () => {}, release: () => {} };

function heldLock(path: string, holder: LockHolder): ProjectLock {
  let current = holder;
  const write = (): void => {
    try {
      rewriteLock(path, current);
    } catch {
      // Still there as it was.
    }
  };
  write();
  const beat = setInterval(() => {
    try {
      const now = new Date();
      utimesSync(path, now, now);
    } catch {
      write();
    }
  }, beatMs);
  beat.unref();
  return {
    announce(address) {
      current = { ...current, address };
      write();
    },
    release() {
      clearInterval(beat);
      remove(path);
    },
  };
}

/** What a kill in the middle of rewriting a lock left. One that is being written is young, or that of somebody alive. */
function removeDrafts(places: readonly LockPlace[], ownPath: string | undefined): void {
  const nowMs = (ownPath === undefined ? undefined : readLock(ownPath)?.mtimeMs) ?? Date.now();
  for (const { path, holder, mtimeMs } of abandonedDrafts(places)) {
    const isDead = holder !== undefined && lifeOf(holder) === 'dead';
    if (isDead || nowMs - mtimeMs > silenceMs) remove(path);
  }
}

/** The first of these whose holder is alive. Files of dead ones are removed. */
async function livingOther(
  others: readonly FoundLock[],
  ownPath: string | undefined,
): Promise<FoundLock | undefined> {
  const nowMs = (ownPath === undefined ? undefined : readLock(ownPath)?.mtimeMs) ?? Date.now();
  for (const other of others) {
    const life = other.holder === undefined ? 'unknown' : lifeOf(other.holder);
    if (life === 'alive' || (life === 'unknown' && (await beats(other, nowMs))))
      return readLock(other.path) ?? other;
    remove(other.path);
  }
  return undefined;
}

/** Whether a lock is touched within the time that a living holder needs for it at most. */
async function beats({ path, mtimeMs }: FoundLock, nowMs: number): Promise<boolean> {
  const leftMs = silenceMs - Math.max(0, nowMs - mtimeMs);
  for (let waitedMs = 0; waitedMs < leftMs; waitedMs += lookMs) {
    await delay(lookMs);
    const now = readLock(path);
    if (now === undefined) return false;
    if (now.mtimeMs !== mtimeMs) return true;
  }
  return false;
}

const lookMs = 250;

function alreadyOpen(projectPath: string, { path, holder }: FoundLock): WwiseFlowError {
  const here = thisHolder(projectPath);
  const processId = holder?.processId ?? null;
  const address = holder?.address ?? null;
  const isElsewhere =
    holder !== undefined && (holder.host !== here.host || holder.pidNamespace !== here.pidNamespace);
  const served = address?.kind === 'wamp' ? address : address?.kind === 'socket' ? address.wamp : null;
  const where = isElsewhere ? ` of ${holder.host}, in another container or machine` : '';
  return new WwiseFlowError(
    'WAAPI_UNAVAILABLE',
    `${projectPath} is already open in process ${processId ?? 'unknown'}${where}.`,
    {
      hint:
        served != null
          ? `Close the other WwiseFlow, or connect to it: start this one with --wwise ws://${served.host}:${served.port}/waapi instead of --project.`
          : 'Close the other WwiseFlow, or let this one connect to it: start `wwiseflow waapi-server` once and give every client --wwise.',
      details: {
        projectPath,
        processId,
        host: holder?.host ?? null,
        address: shownAddress(address),
        lockFile: path,
      },
    },
  );
}

function shownAddress(address: LockAddress | null): JsonObject | null {
  if (address?.kind !== 'socket') return address === null ? null : { ...address };
  return { ...address, wamp: address.wamp === null ? null : { ...address.wamp } };
}

/** One of another user may stay: it is that of a dead process for everybody. */
function remove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Not ours to remove.
  }
}
