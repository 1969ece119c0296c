import { randomBytes } from 'node:crypto';

/** `exec_` + 12 hex digits of milliseconds + 16 random ones: ids of later runs sort after those of earlier ones. */
export function newExecutionId(nowMs: number): string {
  return `exec_${Math.floor(nowMs).toString(16).padStart(12, '0')}${randomBytes(8).toString('hex')}`;
}
