import type { CommandExample, ExampleStep } from '../../core/command.ts';
import { asJsonArray, asJsonObject, type JsonObject } from '../../core/json.ts';

const home = '\\Containers\\Default Work Unit';

/** A Sound, its volume, an Event that plays it: what is left out is wired, what is not is read from the Sound. */
const gust: JsonObject = {
  workflowId: 'gust',
  name: 'Add a gust',
  nodes: [
    { id: 'sound', type: 'createSound', data: { name: 'Gust', parentPath: home } },
    { id: 'quieter', type: 'setProperty', data: { property: 'Volume', value: -6 } },
    { id: 'event', type: 'createEvent', data: { name: 'Play_Gust', targetPath: '$from:sound:$output:id' } },
  ],
  edges: [
    { source: 'sound', target: 'quieter' },
    { source: 'sound', target: 'event' },
  ],
};

/** A workflow with an input and a way to go on when a node fails. */
const importTake: JsonObject = {
  workflowId: 'import-take',
  inputs: { take: { type: 'string', description: 'absolute path of the WAV file' } },
  onError: 'rollback',
  nodes: [
    { id: 'sound', type: 'createSound', data: { name: 'Take', parentPath: home } },
    {
      id: 'audio',
      type: 'audioImport',
      data: { filePath: '$input:take' },
      retry: { maxRetries: 2, initialDelayMs: 500 },
    },
  ],
  edges: [{ source: 'sound', target: 'audio' }],
};

const run: ExampleStep = ['workflow_run', { workflow: gust }];
const save: ExampleStep = ['workflow_save', { workflow: gust }];
const executionId = '$from:1:executionId';

/** Somebody is asked before it goes on. */
const asking: JsonObject = {
  workflowId: 'which-take',
  nodes: [
    { id: 'take', type: 'handoff', data: { role: 'audio lead', text: 'Which take is it?' } },
    { id: 'said', type: 'say', data: { text: 'Take $from:take:$output:answer' } },
  ],
  edges: [{ source: 'take', target: 'said' }],
};

/** Calls of the workflow tools that work on the example project, by tool. */
export const workflowExamples: Readonly<Record<string, readonly CommandExample[]>> = {
  workflow_node_types: [
    { title: 'See the names of all steps', input: {} },
    { title: 'See how the steps about Events are called', input: { toolset: 'events' } },
    { title: 'See the inputs and outputs of two', input: { types: ['createSound', 'setOutputBus'] } },
  ],
  workflow_compile: [{ title: 'Check a workflow before it runs', input: { workflow: gust } }],
  workflow_explain: [
    { title: 'Say what a workflow does before anybody agrees to it', input: { workflow: gust } },
  ],
  workflow_test_node: [
    {
      title: 'See what a transform makes of two rows',
      input: {
        type: 'transform',
        data: { operations: [{ type: 'format', field: 'name', as: 'snake' }] },
        flow: [{ name: 'Door Open' }, { name: 'Door Close' }],
      },
    },
    {
      title: 'Try a Sound on a copy of the project',
      input: { type: 'createSound', data: { name: 'Gust', parentPath: home } },
    },
  ],
  workflow_compare: [
    {
      title: 'See what a quieter variant would do otherwise',
      input: {
        a: { workflow: gust },
        b: {
          workflow: {
            ...gust,
            nodes: asJsonArray(gust.nodes).filter((node) => asJsonObject(node).id !== 'quieter'),
            edges: [{ source: 'sound', target: 'event' }],
          },
        },
      },
    },
  ],
  workflow_run: [
    { title: 'See what a workflow would change', input: { workflow: gust, mode: 'preview' } },
    {
      title: 'Run one with an input; when a step fails nothing is left behind',
      input: { workflow: importTake, input: { take: '/audio/Step_1.wav' } },
    },
    { title: 'Run one of the library', before: [save], input: { workflowId: 'gust' } },
  ],
  workflow_apply: [
    {
      title: 'Do what a preview showed',
      before: [['workflow_run', { workflow: gust, mode: 'preview' }]],
      input: { previewId: '$from:1:previewId' },
    },
  ],
  workflow_status: [
    {
      title: 'Wait for a run in the background',
      before: [['workflow_run', { workflow: gust, mode: 'background' }]],
      input: { executionId, waitMs: 20_000 },
    },
  ],
  workflow_resume: [
    {
      title: 'Do a step and all that depends on it again',
      before: [run],
      input: { executionId, from: 'quieter' },
    },
  ],
  workflow_answer: [
    {
      title: 'Answer the only question of a run',
      before: [['workflow_run', { workflow: asking }]],
      input: { executionId, answer: 'The second one' },
    },
  ],
  workflow_cancel: [
    {
      title: 'Stop a run in the background',
      before: [['workflow_run', { workflow: gust, mode: 'background' }]],
      input: { executionId },
    },
  ],
  workflow_rollback: [{ title: 'Take a run back', before: [run], input: { executionId } }],
  workflow_runs: [
    { title: 'Find the runs of a workflow', before: [run], input: { workflowId: 'gust', limit: 5 } },
  ],
  workflow_save: [
    { title: 'Keep a workflow', input: { workflow: gust, description: 'A gust of wind with its Event.' } },
  ],
  workflow_list: [{ title: 'Find workflows that import', before: [save], input: { text: 'import' } }],
  workflow_from_template: [
    { title: 'See the templates about footsteps', input: { text: 'footsteps' } },
    {
      title: 'Make a workflow that imports a folder of UI sounds',
      input: { template: 'ui-sounds', input: { folder: '/audio' } },
    },
  ],
  workflow_get: [{ title: 'Read an example to start from', input: { workflowId: 'import-one-sound' } }],
  workflow_delete: [{ title: 'Delete a workflow', before: [save], input: { workflowId: 'gust' } }],
  workflow_export: [
    {
      title: 'Write a workflow to a file',
      before: [save],
      input: { workflowId: 'gust', filePath: '/audio/gust.json' },
    },
  ],
  audit_query: [
    { title: 'See what a run did', before: [run], input: { executionId } },
    { title: 'Write all that failed to a file', input: { outcome: 'failed', export: true } },
  ],
  health: [{ title: 'See how the server is', input: {} }],
  dead_letters: [{ title: 'See what workers could not do', input: { limit: 10 } }],
  memo_inspect: [{ title: 'See which Sounds are known', before: [run], input: { command: 'create_sound' } }],
  memo_forget: [
    { title: 'Let everything about an object be done anew', before: [run], input: { text: 'Play_Gust' } },
  ],
};
