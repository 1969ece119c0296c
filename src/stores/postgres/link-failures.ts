import { systemCode } from '../../core/files/system-code.ts';

/** Whether the link to the database broke, or it is starting or stopping: the same can succeed soon. */
export function isOutOfReach(failure: unknown): boolean {
  const code = systemCode(failure);
  if (code !== undefined) return outOfReachCodes.test(code);
  return failure instanceof Error && outOfReachTexts.test(failure.message);
}

/** Whether the transaction was ended in favour of another one: it can be done again at once. */
export function isCollision(failure: unknown): boolean {
  return /^(40001|40P01)$/.test(systemCode(failure) ?? '');
}

/** What the driver or the system says, in a line. */
export function linkReason(failure: unknown): string {
  const text =
    failure instanceof Error ? failure.message || systemCode(failure) || failure.name : String(failure);
  return text.replace(/\s+/g, ' ').replace(/\.$/, '').slice(0, 300);
}

/** Codes of the system, and of PostgreSQL: class 08; shutting down, crashed, starting; too many connections. */
const outOfReachCodes =
  /^(ECONN\w+|EPIPE|ENOENT|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|08\w{3}|57P0[123]|53300)$/;

/** What the driver says without a code. */
const outOfReachTexts =
  /^(connection terminated|query read timeout|timeout exceeded when trying to connect|client has encountered a connection error)/i;
