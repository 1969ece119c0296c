import type { Tool as ListedTool, ToolAnnotations } from '@modelcontextprotocol/server';
import { asJsonObject, type Json, type JsonObject } from '../../../core/json.ts';
import type { ToolFace } from './tool-face.ts';

/** What a tool gives is seen when it is called, and stands in the catalogue: here it would cost every start its bytes. */
export function listed({ inputSchema, outputSchema: _, annotations, ...face }: ToolFace): ListedTool {
  // The instructions say what every tool takes, and which ones draw.
  const all = asJsonObject(inputSchema.properties);
  const { forceRerun, mermaid: _drawn, ...properties } = all;
  const { mermaid: _also, ...withForce } = all;
  const isSaid = forceRerun === undefined || isSaidInInstructions(forceRerun);
  const said: JsonObject = { ...inputSchema, properties: isSaid ? properties : withForce };
  return {
    ...face,
    annotations: leanHints(annotations),
    inputSchema: { ...said, type: 'object' },
  };
}

/** Without those that say what the protocol takes for granted, and without those that mean nothing beside readOnlyHint. */
function leanHints({
  readOnlyHint,
  destructiveHint,
  idempotentHint,
  openWorldHint,
}: ToolAnnotations): ToolAnnotations {
  if (readOnlyHint === true) return { readOnlyHint, openWorldHint };
  return { destructiveHint, ...(idempotentHint === true ? { idempotentHint } : {}), openWorldHint };
}

/** Of a workflow it may name nodes as well, which its own schema says. */
function isSaidInInstructions(forceRerun: Json | undefined): boolean {
  return asJsonObject(forceRerun).type === 'boolean';
}
