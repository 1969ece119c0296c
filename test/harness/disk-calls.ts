import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/** A call of the program that changes the disk, before it is made. */
export interface DiskCall {
  /** Counted from 0. */
  readonly index: number;
  readonly name: string;
  /** The paths it was given; none for what works on an open file. */
  readonly paths: readonly string[];
}

const changing = [
  'openSync',
  'writeSync',
  'fsyncSync',
  'renameSync',
  'linkSync',
  'rmSync',
  'mkdirSync',
  'chmodSync',
  'rmdirSync',
  'copyFileSync',
  'writeFileSync',
] as const;

/**
 * Runs `work` to its end and calls `before` at each call that changes the disk meanwhile: what it throws
 * is what the system answers; what it does to the disk, somebody else did at that moment.
 */
export function watchingDisk<T>(before: (call: DiskCall) => void, work: () => T): T {
  const table: Record<string, unknown> = fs as unknown as Record<string, unknown>;
  const real = new Map<string, unknown>(changing.map((name) => [name, table[name]]));
  let index = 0;
  let isInside = false;
  for (const name of changing) {
    const original = table[name];
    if (typeof original !== 'function') throw new TypeError(`no ${name}`);
    table[name] = (...args: unknown[]): unknown => {
      if (!isInside) {
        isInside = true;
        try {
          const paths = args.filter((arg) => typeof arg === 'string' && arg.includes('/'));
          before({ index: index++, name, paths: paths.map(String) });
        } finally {
          isInside = false;
        }
      }
      return Reflect.apply(original, fs, args);
    };
  }
  syncBuiltinESMExports();
  const restore = (): void => {
    for (const [name, original] of real) table[name] = original;
    syncBuiltinESMExports();
  };
  try {
    const outcome = work();
    if (!(outcome instanceof Promise)) restore();
    else outcome.then(restore, restore);
    return outcome;
  } catch (failure) {
    restore();
    throw failure;
  }
}

/** What the system answers when it refuses. */
export function refusal(code: string, { name, paths }: DiskCall): Error {
  return Object.assign(new Error(`${code}: refused, ${name} '${paths.join("' -> '")}'`), { code });
}
