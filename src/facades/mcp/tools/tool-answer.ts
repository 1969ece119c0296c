import type { CallToolResult } from '@modelcontextprotocol/server';
import type { AnyResult } from '../../../core/answers/lean-answer.ts';

/** A result as MCP has it: complete in `structuredContent`, the same JSON as text for clients that read only that. */
export function toolAnswer(result: AnyResult): CallToolResult {
  return {
    content: [{ type: 'text', text: JSON.stringify(result) }],
    structuredContent: { ...result },
    ...(result.ok === true ? {} : { isError: true }),
  };
}
