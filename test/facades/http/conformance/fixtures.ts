import { z } from 'zod';
import { WwiseFlowError } from '../../../../src/core/errors.ts';
import { success } from '../../../../src/core/result.ts';
import type { PromptFile } from '../../../../src/facades/mcp/prompts/prompt-file.ts';
import { defineTool } from '../../../../src/facades/mcp/tools/define-tool.ts';
import type { allTools } from '../../../../src/facades/mcp/tools/tools.ts';

const nothing = { input: z.strictObject({}), output: z.looseObject({}), effect: 'read' } as const;

/** The tools that the conformance suite calls, of those kinds that this server has: what they give is a result, as of every tool. */
export const fixtureTools: ReturnType<typeof allTools> = [
  defineTool({
    ...{ name: 'test_simple_text', title: 'Simple text', description: 'Give a text.', ...nothing },
    run: async () => success({ text: 'This is a simple text response for testing.' }),
  }),
  defineTool({
    ...{ name: 'test_error_handling', title: 'Error', description: 'Fail.', ...nothing },
    run: async () => {
      throw new WwiseFlowError('INVALID_INPUT', 'This tool intentionally returns an error for testing', {
        hint: 'Expect it.',
      });
    },
  }),
  defineTool({
    ...{ name: 'test_tool_with_progress', title: 'Progress', description: 'Report progress.', ...nothing },
    run: async (_none, { progress }) => {
      for (const done of [0, 50, 100]) progress(done, 100, `${done} of 100`);
      return success({ done: true });
    },
  }),
  // It says nothing while it goes on, so that nothing is logged.
  defineTool({
    ...{ name: 'test_logging_tool', title: 'Log', description: 'Give a text.', ...nothing },
    run: async () => success({ text: 'Nothing is logged.' }),
  }),
].map((tool) => ({ ...tool, isCommand: false }));

/** The prompts it asks for, as prompt files. */
export const fixturePrompts: readonly PromptFile[] = [
  {
    ...{ name: 'test_simple_prompt', title: 'Simple', description: 'A prompt.', arguments: [] },
    body: 'This is a simple prompt for testing.',
  },
  {
    ...{ name: 'test_prompt_with_arguments', title: 'With arguments', description: 'A prompt.' },
    arguments: ['arg1', 'arg2'].map((name) => ({ name, description: name, required: true })),
    body: "Prompt with arguments: arg1='{{arg1}}', arg2='{{arg2}}'",
  },
];
