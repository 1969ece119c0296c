import type { AnyCommand } from '../command.ts';
import type { DispatchOptions } from '../dispatch/bus.ts';
import type { Result } from '../result.ts';
import type { AuditRecord } from '../stores/audit-store.ts';
import { redacted } from './redact.ts';

/** One command that was executed, or refused. */
export interface Dispatched {
  readonly name: string;
  readonly input: unknown;
  readonly options: DispatchOptions;
  readonly result: Result;
  readonly atMs: number;
  readonly durationMs: number;
}

/** The ids of the objects that are named anywhere in these values, each once. */
export type ObjectsIn = (...values: readonly unknown[]) => readonly string[];

/** What the audit keeps of it: secrets redacted, long text cut; what a read gave is left out. */
export function auditRecord(
  { name, input, options, result, atMs, durationMs }: Dispatched,
  command: AnyCommand | undefined,
  objectsIn: ObjectsIn,
): AuditRecord {
  return {
    atMs,
    executionId: options.executionId ?? null,
    caller: options.caller ?? null,
    command: command?.name ?? name,
    payload: redacted(input ?? {}),
    ok: result.ok,
    code: result.code,
    error: result.error,
    memo: result.ok ? result.memo : null,
    idemKey: result.ok ? result.idemKey : null,
    durationMs,
    objects: objectsIn(input, result.data),
    result: result.ok && command?.effect !== 'read' ? redacted(result.data) : null,
  };
}
