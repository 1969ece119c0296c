import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kill, pid } from 'node:process';
import { WwiseFlowError } from '../../core/errors.ts';
import { realPlace } from './save-journal.ts';

/**
 * Tells a second engine that a project is open: two engines saving the same files would lose edits. Advisory, kept in the
 * machine's temporary directory so that the project folder stays as Wwise left it. A lock of a process that died is taken over.
 * Returns a function that releases it.
 */
export function lockProject(projectPath: string): () => void {
  const directory = join(tmpdir(), 'wwiseflow-locks');
  mkdirSync(directory, { recursive: true });
  const name = createHash('sha256').update(realPlace(projectPath)).digest('hex').slice(0, 32);
  const lockPath = join(directory, `${name}.lock`);
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      writeFileSync(lockPath, `${pid}\n${projectPath}\n`, { flag: 'wx' });
      return () => rmSync(lockPath, { force: true });
    } catch (failure) {
      if (!isErrno(failure, 'EEXIST')) throw failure;
      const holder = holderOf(lockPath);
      if (holder !== undefined && isAlive(holder)) throw alreadyOpen(projectPath, holder);
      rmSync(lockPath, { force: true });
    }
  }
  throw alreadyOpen(projectPath, 0);
}

function alreadyOpen(projectPath: string, processId: number): WwiseFlowError {
  return new WwiseFlowError('WAAPI_UNAVAILABLE', `${projectPath} is already open in process ${processId}.`, {
    hint: 'Close the other WwiseFlow, or let this one connect to it: start `wwiseflow waapi-server` once and give every client --wwise.',
    details: { projectPath, processId },
  });
}

function holderOf(lockPath: string): number | undefined {
  try {
    const processId = Number.parseInt(readFileSync(lockPath, 'utf8'), 10);
    return Number.isInteger(processId) && processId > 0 ? processId : undefined;
  } catch {
    return undefined;
  }
}

/** Signal 0 asks without disturbing; EPERM means the process lives and belongs to somebody else. */
function isAlive(processId: number): boolean {
  try {
    kill(processId, 0);
    return true;
  } catch (failure) {
    return isErrno(failure, 'EPERM');
  }
}

function isErrno(failure: unknown, code: string): boolean {
  return failure instanceof Error && 'code' in failure && failure.code === code;
}
