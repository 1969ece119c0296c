import type { MergedTool } from '../../core/merged-tool.ts';
import type { RunTool } from './tool-call.ts';
import type { ToolSource } from './tool-face.ts';

/** Something that can be called. */
export interface Tool {
  readonly source: ToolSource;
  readonly run: RunTool;
  /** Its output schema is all of what it gives. */
  readonly isCommand: boolean;
  /** Stands for several commands: which one follows from the arguments. */
  readonly merged?: MergedTool;
}
