import type { ToolAnnotations } from '@modelcontextprotocol/server';
import type { Effect } from '../../../core/effect.ts';

/**
 * The four MCP hints of a tool, from its effect and from what the command says beyond it. `replaces`: an input lets the
 * caller overwrite something that exists; asked only when the hints are read, for it takes the whole schema. `isRepeated`:
 * a change that is made each time it is asked for; others are answered by the memo when they still hold. Nothing reaches
 * beyond the project, so no tool is open-world.
 */
export function hintsOf(
  effect: Effect,
  replaces: () => boolean,
  isRepeated: boolean,
  own: { readonly destructive?: boolean; readonly idempotent?: boolean } = {},
): ToolAnnotations {
  return {
    readOnlyHint: effect === 'read',
    get destructiveHint() {
      return own.destructive ?? (effect === 'destroy' || (effect !== 'read' && replaces()));
    },
    idempotentHint: own.idempotent ?? !isRepeated,
    openWorldHint: false,
  };
}
