import type { AuditRecord } from '../core/stores/audit-store.ts';
import { namedGuids } from '../wwise/objects/named-guids.ts';
import type { DispatchOptions } from './bus.ts';
import type { AnyCommand } from './command.ts';
import { redacted } from './redact.ts';
import type { Result } from './result.ts';

/** One command that was carried out, or refused. */
export interface Dispatched {
  readonly name: string;
  readonly input: unknown;
  readonly options: DispatchOptions;
  readonly result: Result;
  readonly atMs: number;
  readonly durationMs: number;
}

/** What the audit keeps of it: secrets redacted, long text cut; what a read gave is left out. */
export function auditRecord(
  { name, input, options, result, atMs, durationMs }: Dispatched,
  command: AnyCommand | undefined,
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
    objects: namedGuids(input, result.data),
    result: result.ok && command?.effect !== 'read' ? redacted(result.data) : null,
  };
}
