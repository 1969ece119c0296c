import type { CallToolResult } from '@modelcontextprotocol/server';
import type { Result } from '../../bus/result.ts';

/** A result as MCP carries it: complete in `structuredContent`, the same JSON as text for clients that read only that. */
export function toolAnswer(result: Result): CallToolResult {
  return {
    content: [{ type: 'text', text: JSON.stringify(result) }],
    structuredContent: { ...result },
    ...(result.ok ? {} : { isError: true }),
  };
}
