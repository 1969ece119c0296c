import type { z } from 'zod';
import type { CommandExample } from '../../../core/command.ts';
import { parseInput } from '../../../core/dispatch/input/parse-input.ts';
import type { Result } from '../../../core/result.ts';
import { workflowExamples } from '../workflow-examples.ts';
import type { RunTool, ToolCall } from './tool-call.ts';
import type { ToolSource } from './tool-face.ts';

export interface WorkflowTool {
  readonly source: ToolSource & { readonly examples: readonly CommandExample[] };
  readonly run: RunTool;
}

type ToolDefinition<I extends z.ZodType> = Omit<ToolSource, 'toolset' | 'input' | 'takesForceRerun'> & {
  readonly input: I;
  /** May throw WwiseFlowError. */
  run(input: z.output<I>, call: ToolCall): Promise<Result>;
};

/** A tool that is not a command: its input is checked like a command's, and `run` gets it typed. */
export function defineTool<I extends z.ZodType>({ run, ...face }: ToolDefinition<I>): WorkflowTool {
  const examples = workflowExamples[face.name] ?? [];
  const source = { ...face, toolset: 'workflow', takesForceRerun: false, examples };
  return {
    source,
    run: async (args, call) => run(face.input.parse(parseInput(source, args)), call),
  };
}
