import { execFileSync } from 'node:child_process';
import { mkdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';

/** A small file system of its own. */
export interface Mounted {
  readonly dir: string;
  /** Nobody may write there, or everybody again. */
  readOnly(isReadOnly: boolean): void;
  unmount(): void;
}

/** Whether this user may mount one: root of a machine, or of a container that lets it. */
export function whyNoMount(): string | undefined {
  if (process.platform !== 'linux') return 'only Linux has the file system';
  if (process.getuid?.() !== 0) return 'only root may mount a file system';
  return undefined;
}

/** Mounts one of so many KiB below `dir`. */
export function mountSmall(dir: string, name: string, kib: number): Mounted {
  const at = join(dir, name);
  mkdirSync(at);
  const mount = (...args: readonly string[]) => execFileSync('mount', args, { stdio: 'pipe' });
  mount('-t', 'tmpfs', '-o', `size=${kib}k`, 'torture', at);
  return {
    dir: at,
    readOnly: (isReadOnly) => void mount('-o', `remount,${isReadOnly ? 'ro' : 'rw'}`, at),
    unmount: () => {
      execFileSync('umount', ['-l', at]);
      rmdirSync(at);
    },
  };
}
