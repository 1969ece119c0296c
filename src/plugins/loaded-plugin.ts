import type { AnyCommand } from '../core/command.ts';
import type { NodeKind } from '../workflow/nodes/node-kind.ts';

/** A plug-in that was loaded, and what it brings. */
export interface LoadedPlugin {
  readonly name: string;
  readonly description: string;
  /** Of its package; null where that has none. */
  readonly version: string | null;
  /** When its module was last written, in milliseconds since 1970: one that is worked on changes without another version. */
  readonly changedAtMs: number;
  /** Its folder. */
  readonly dir: string;
  readonly commands: readonly AnyCommand[];
  readonly kinds: readonly NodeKind[];
}
