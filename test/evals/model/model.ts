import type { Json, JsonObject } from '../../../src/core/json.ts';

/** A tool as a model is offered it. */
export interface OfferedTool {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: JsonObject;
}

/** What came of a call. */
export interface ToolResult {
  readonly callId: string;
  readonly text: string;
  readonly isError: boolean;
}

/** One piece of a conversation; what a model said is sent back as it came. */
export type Message =
  | { readonly by: 'person'; readonly text: string }
  | { readonly by: 'model'; readonly raw: Json }
  | { readonly by: 'tools'; readonly results: readonly ToolResult[] };

export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** Undefined where the model wrote no JSON object. */
  readonly args: JsonObject | undefined;
}

/** What a model says next. */
export interface Reply {
  readonly raw: Json;
  readonly calls: readonly ToolCall[];
  readonly tokensIn: number;
  readonly tokensOut: number;
}

/** A model behind an endpoint. */
export interface Model {
  readonly name: string;
  /** Throws where the endpoint gives no reply, after some tries where it is busy. */
  reply(system: string, messages: readonly Message[], tools: readonly OfferedTool[]): Promise<Reply>;
}
