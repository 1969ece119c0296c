import type { ToolAnnotations } from '@modelcontextprotocol/server';
import type { Effect } from '../../bus/command.ts';

/**
 * The four MCP hints of a tool, from its effect. `replaces`: an input lets the caller overwrite something that exists.
 * Identical calls are answered by the memo, so every tool is idempotent; nothing reaches beyond the project, so
 * no tool is open-world.
 */
export function hintsOf(title: string, effect: Effect, replaces: boolean): ToolAnnotations {
  return {
    title,
    readOnlyHint: effect === 'read',
    destructiveHint: effect === 'destroy' || (effect !== 'read' && replaces),
    idempotentHint: true,
    openWorldHint: false,
  };
}
