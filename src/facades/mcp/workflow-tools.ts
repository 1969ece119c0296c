import { z } from 'zod';
import type { Json } from '../../base/json.ts';
import { parseInput } from '../../bus/parse-input.ts';
import { success } from '../../bus/result.ts';
import { compileWorkflow } from '../../workflow/compile.ts';
import { nodeTypes } from '../../workflow/node-types.ts';
import { createRunner } from '../../workflow/run.ts';
import type { RunTool } from './tool-call.ts';
import type { ToolSource } from './tool-face.ts';
import { watchProgress } from './watch-progress.ts';

/** The three tools that are not commands: they describe, compile and run workflows made of commands. */
export const workflowTools: readonly WorkflowTool[] = [describeNodeTypes(), compile(), run()];

interface WorkflowTool {
  readonly source: ToolSource;
  readonly run: RunTool;
}

function describeNodeTypes(): WorkflowTool {
  const source: ToolSource = {
    name: 'workflow_node_types',
    title: 'Workflow node types',
    description:
      'List the node types a workflow can be made of, with their inputs, outputs and what is wired automatically; call ' +
      'it before writing a workflow. It reads nothing from the project: use query_waql for that.',
    toolset: 'workflow',
    effect: 'read',
    input: z.strictObject({}),
    output: z.object({ nodeTypes: z.array(z.looseObject({})) }),
  };
  return {
    source,
    run: async (args, { bus }) => {
      parseInput(source, args);
      return success({ nodeTypes: nodeTypes(bus.commands) });
    },
  };
}

function compile(): WorkflowTool {
  const source: ToolSource = {
    name: 'workflow_compile',
    title: 'Compile workflow',
    description:
      'Compile a workflow and show its plan, to check it before workflow_run: the order, every input that was wired ' +
      'automatically, every ordering edge that was added, the number of WAAPI calls. Changes nothing. Every problem is ' +
      'reported at once with a JSON pointer and often a suggestion.',
    toolset: 'workflow',
    effect: 'read',
    input: z.strictObject({ workflow: workflowField() }),
    output: z.looseObject({
      planHash: z.string(),
      order: z.array(z.string()),
      waves: z.array(z.array(z.string())),
      nodes: z.array(z.looseObject({ id: z.string() })),
      addedEdges: z.array(z.looseObject({ source: z.string(), target: z.string() })),
      waapiCalls: z.number(),
      warnings: z.array(z.string()),
    }),
  };
  return {
    source,
    run: async (args, { bus }) => {
      const { workflow } = parseInput(source, args);
      return success({ ...compileWorkflow(workflow, bus) });
    },
  };
}

function run(): WorkflowTool {
  const source: ToolSource = {
    name: 'workflow_run',
    title: 'Run workflow',
    description:
      'Compile and run a workflow, to do several steps as one: in order, wired, stopping at the first failure. Running ' +
      'the same workflow again is safe: nodes that are done and still hold are memo hits. For a single step call its ' +
      'command; to only look, call workflow_compile.',
    toolset: 'workflow',
    // A workflow may contain any command, so the hints must allow for the worst.
    effect: 'destroy',
    input: z.strictObject({
      workflow: workflowField(),
      input: z
        .record(z.string(), z.unknown())
        .optional()
        .describe('Values of the inputs the workflow declares, by name.'),
      forceRerun: z
        .union([z.boolean(), z.array(z.string())])
        .optional()
        .describe('True: do every node again whatever the memo holds. A list of node ids: only these.'),
    }),
    output: z.looseObject({
      executionId: z.string(),
      workflowId: z.string(),
      results: z.array(z.looseObject({ node: z.string(), type: z.string(), ok: z.boolean() })),
      waapiCalls: z.number(),
      durationMs: z.number(),
    }),
  };
  return {
    source,
    run: async (args, { bus, log, signal, progress }) => {
      const { workflow, input, forceRerun } = parseInput(source, args);
      const plan = compileWorkflow(workflow, bus);
      return createRunner({ bus, log }).run(plan, {
        input,
        ...(forceRerun === undefined ? {} : { forceRerun: asForceRerun(forceRerun) }),
        signal,
        caller: 'mcp',
        onEvent: watchProgress(progress),
      });
    },
  };
}

/**
 * The document itself is checked by the compiler, which reports every problem at once and also takes the document as JSON
 * text, as some clients send it. The schema is what an agent needs to write one; all of it is in wwiseflow://workflow-schema.
 */
function workflowField(): z.ZodType {
  return z
    .unknown()
    .refine((value) => value !== undefined, 'A workflow document')
    .meta({
      description: 'React Flow JSON. "$from:NODE:$output:FIELD" in data refers to an earlier output.',
      type: 'object',
      properties: {
        workflowId: {
          type: 'string',
          description: 'Keep it when you correct and run again: finished nodes are recognised.',
        },
        inputs: { type: 'object', description: 'Declared inputs; read in data as "$input:NAME".' },
        nodes: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              id: { type: 'string' },
              type: { type: 'string', description: 'From workflow_node_types, e.g. createSound.' },
              data: {
                type: 'object',
                description: 'Inputs. A required one may be left out if an earlier node provides it.',
              },
            },
            required: ['id', 'type'],
          },
        },
        edges: {
          type: 'array',
          items: {
            type: 'object',
            properties: { source: { type: 'string' }, target: { type: 'string' } },
            required: ['source', 'target'],
          },
        },
      },
      required: ['nodes'],
    });
}

function asForceRerun(value: Json): boolean | string[] {
  return Array.isArray(value) ? value.map(String) : value === true;
}
