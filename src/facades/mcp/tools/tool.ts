import type { JsonObject } from '../../../core/json.ts';
import type { RunTool } from './tool-call.ts';
import type { ToolSource } from './tool-face.ts';

/** Something that can be called. */
export interface Tool {
  readonly source: ToolSource;
  readonly run: RunTool;
  /** Its output schema is all of what it gives. */
  readonly isCommand: boolean;
  /** It comes with a plug-in, which whoever loads it wants listed. */
  readonly isPluggedIn?: true;
  /** Of a tool that stands for several commands: the one that these arguments mean. Throws INVALID_INPUT. */
  readonly meantCommand?: (args: JsonObject) => string;
}
