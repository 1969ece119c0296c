import type { Bus, DispatchOptions } from '../../src/core/dispatch/bus.ts';
import type { JsonObject } from '../../src/core/json.ts';
import { silentLog } from '../../src/core/log.ts';
import type { Failure } from '../../src/core/result.ts';
import type { AuditStore } from '../../src/core/stores/audit-store.ts';
import type { MemoStore } from '../../src/core/stores/memo-store.ts';
import { openSqliteStores } from '../../src/stores/sqlite/sqlite-stores.ts';
import type { Waapi } from '../../src/wwise/connection/waapi.ts';
import { type BusParts, createDispatcher } from '../../src/wwise/create-dispatcher.ts';
import { commands } from '../../tools/catalog.ts';
import { mergedTools } from '../../tools/merged/catalog.ts';

export interface BusOver extends Dispatching {
  readonly bus: Bus;
  /** What the bus was made of, to make another like it. */
  readonly parts: BusParts;
  readonly memo: MemoStore;
  readonly audit: AuditStore;
  /** Closes the stores; the connection stays open. */
  close(): Promise<void>;
}

/** The bus with every command over a connection, with stores in memory; files may be read below `dir`. */
export function busOver(waapi: Waapi, dir: string, changes: Partial<BusParts> = {}): BusOver {
  const stores = openSqliteStores(null);
  const { memo, audit } = stores;
  const parts: BusParts = {
    commands,
    merged: mergedTools,
    waapi,
    memo,
    audit,
    files: { allowedDirs: [dir], startDir: dir },
    readOnly: false,
    expectProject: null,
    log: silentLog,
    ...changes,
  };
  const bus = createDispatcher(parts);
  return { bus, parts, memo, audit, close: stores.close, ...dispatching(bus) };
}

export interface Dispatching {
  /** Dispatches and gives the data; throws what went wrong. */
  done(command: string, input: unknown, options?: DispatchOptions): Promise<JsonObject>;
  /** Dispatches what must fail, and gives the failure. */
  refused(command: string, input: unknown, options?: DispatchOptions): Promise<Failure>;
}

/** The two ways a test asks a bus for something. */
export function dispatching(bus: Bus): Dispatching {
  return {
    done: async (command, input, options) => {
      const result = await bus.dispatch(command, input, options);
      if (!result.ok)
        throw new Error(`${command}: ${result.code}: ${result.error} ${JSON.stringify(result.details)}`);
      return result.data;
    },
    refused: async (command, input, options) => {
      const result = await bus.dispatch(command, input, options);
      if (result.ok) throw new Error(`${command} succeeded: ${JSON.stringify(result.data)}`);
      return result;
    },
  };
}
