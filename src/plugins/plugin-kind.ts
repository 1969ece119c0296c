import { WwiseFlowError } from '../core/errors.ts';
import { isJsonObject, type JsonObject } from '../core/json.ts';
import { done, type NodeContext, type NodeKind } from '../workflow/nodes/node-kind.ts';
import type { PluginContext, PluginKind } from './plugin.ts';

/** Whether a command reads only; undefined: there is none of this name. */
export type ReadsOnly = (command: string) => boolean | undefined;

/** The kind of a plug-in as everybody else knows kinds. `toolset`: what its plug-in is called. */
export function pluginKind(kind: PluginKind, toolset: string, readsOnly: ReadsOnly): NodeKind {
  const { type, title, description, input, output, effect = 'none' } = kind;
  return Object.freeze({
    ...{ type, title, description, toolset, effect, input, output },
    aliases: [],
    ports: ['error'],
    replay: 'reuse',
    waapiCalls: effect === 'read' ? 1 : 0,
    isReadBack: false,
    run: async (raw, context) => {
      // The plug-in says by its schema what it takes, and takes nothing else.
      const parsed: unknown = input.parse(raw);
      const made = await kind.run(parsed as never, contextFor(kind, context, readsOnly));
      return done(heldToOutput(kind, made));
    },
  } satisfies NodeKind);
}

function contextFor({ type, effect }: PluginKind, context: NodeContext, readsOnly: ReadsOnly): PluginContext {
  const { signal, isPreview, inputs, flow, inflow, given, now, say } = context;
  return {
    ...{ signal, isPreview, inputs, flow, inflow, given, now, say },
    read: async (command, input) => {
      if (effect !== 'read' || readsOnly(command) === false) throw notReading(type, command, effect);
      const answer = await context.dispatch(command, input);
      if (answer.ok) return answer.data;
      const { code, error, hint, details } = answer;
      throw new WwiseFlowError(code, error, { hint, details });
    },
  };
}

function heldToOutput({ type, output }: PluginKind, made: unknown): JsonObject {
  const held = output.safeParse(made);
  const value: unknown = held.success ? held.data : undefined;
  if (isJsonObject(value)) return value;
  const [issue] = held.error?.issues ?? [];
  const where = issue === undefined ? 'it is no object' : `/${issue.path.join('/')} ${issue.message}`;
  throw new WwiseFlowError('SCHEMA_MISMATCH', `What ${type} gave is not what it says it gives: ${where}.`, {
    hint: 'Report it to whoever wrote the plug-in, with the input of the node.',
    details: { type },
  });
}

function notReading(type: string, command: string, effect: PluginKind['effect']): WwiseFlowError {
  const why =
    effect === 'read'
      ? `"${command}" changes something`
      : 'it does not say that it asks the project (effect: "read")';
  return new WwiseFlowError('NOT_PERMITTED', `The node kind ${type} may not call "${command}": ${why}.`, {
    hint: 'Make a command of what changes the project, and put it before or behind the node.',
    details: { type, command },
  });
}
