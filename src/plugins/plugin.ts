import type { z } from 'zod';
import type { AnyCommand } from '../core/command.ts';
import type { WwiseFlowError } from '../core/errors.ts';
import type { Json, JsonObject } from '../core/json.ts';
import type { wires } from '../core/wiring.ts';
import type { KindExample, NodeContext } from '../workflow/nodes/node-kind.ts';
import type { defineCommand } from '../wwise/wwise-command.ts';

/**
 * What the package of a plug-in exports as its default: what it brings, or a function that makes it of the parts of this program.
 * With the function it needs no package of its own, and its schemas are of the same zod.
 */
export type PluginExport =
  | PluginDefinition
  | ((parts: PluginParts) => PluginDefinition | Promise<PluginDefinition>);

/** What a plug-in is made of. */
export interface PluginParts {
  readonly z: typeof z;
  readonly defineCommand: typeof defineCommand;
  readonly WwiseFlowError: typeof WwiseFlowError;
  /** What fields are wired by; see `wires` of the library. */
  readonly wires: typeof wires;
}

export interface PluginDefinition {
  /** lower-case, with hyphens: the toolset of its commands, and what lists call it. Default: the name of the package. */
  readonly name?: string | undefined;
  /** What it is for, in a sentence. */
  readonly description: string;
  /** Made by `defineCommand`. Their toolset becomes the name of the plug-in. */
  readonly commands?: readonly AnyCommand[] | undefined;
  readonly nodeKinds?: readonly PluginKind[] | undefined;
}

/**
 * A kind of node that works with what flows into it, and may ask the project by reading commands. What changes something is a command,
 * so that plans order it, previews show it and runs that contain it can be rolled back.
 */
export interface PluginKind {
  /** In snake_case, and nobody else's. */
  readonly type: string;
  readonly title: string;
  /** The first sentence says what it does and when to use it. */
  readonly description: string;
  /** z.strictObject, every field described. `run` is given what it makes of the input. */
  readonly input: z.ZodType;
  /** z.object: what it gives is held to it. */
  readonly output: z.ZodType;
  /** `read`: it asks the project, by reading commands. Default: `none`. */
  readonly effect?: 'none' | 'read' | undefined;
  /** Workflows that show it. */
  readonly examples?: readonly KindExample[] | undefined;
  /** Does it. What it throws is how the node fails; a WwiseFlowError says code and next step. */
  run(input: never, context: PluginContext): Promise<JsonObject>;
}

/** What a node of a plug-in can ask for: no file, no service and no secret. */
export interface PluginContext
  extends Pick<NodeContext, 'signal' | 'isPreview' | 'flow' | 'inflow' | 'given' | 'inputs' | 'now' | 'say'> {
  /** Asks the project by a reading command; needs `effect: 'read'`. Gives its output, and throws how it failed. */
  read(command: string, input: Json): Promise<JsonObject>;
}
