import { jsonSchemaOf } from '../../../src/workflow/nodes/described/node-types.ts';
import type { NodeKind, OwnKind, Port, Replay } from '../../../src/workflow/nodes/node-kind.ts';
import { inputRows, outputRows } from '../schema-rows.ts';

/** The page of the kinds of nodes that are no commands. */
export function generateNodeKindsPage(kinds: readonly OwnKind[]): string {
  return [
    '# Kinds of nodes',
    '',
    `Every [command](README.md) is a kind of node. Beside them there are ${kinds.map(({ type }) => `[\`${type}\`](#${type})`).join(', ')}. What holds for all of them is in [Write a workflow](guides/workflows.md).`,
    '',
    'An edge leaves from a node as a whole, from one of its outputs, or from one of its ports.',
    '',
    ...kinds.flatMap(sectionOf),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n');
}

function sectionOf(kind: OwnKind): string[] {
  const { type, title, description, oneOf = [], examples } = kind;
  const outputs = outputRows(jsonSchemaOf(kind, 'output'));
  return [
    `## ${type}`,
    '',
    `_${title}_ · ${effectOf(kind)}`,
    '',
    description,
    '',
    '| input | type | meaning |',
    '|---|---|---|',
    ...inputRows(jsonSchemaOf(kind, 'input')),
    '',
    ...(oneOf.length === 0 ? [] : [`It takes ${oneOf.map(namesOf).join(' or ')}.`, '']),
    ...(outputs.length === 0 ? [] : [`Gives ${outputs.join(', ')}.`, '']),
    ...kind.ports.map((port) => `Port \`${port}\`: ${portMeanings[port]}.`),
    ...(kind.cases === undefined
      ? []
      : ['', 'Its cases are ports too: a run follows the edges of those it takes.']),
    '',
    `When its run is resumed ${replays[kind.replay]}.`,
    '',
    ...examples.flatMap(({ title: what, workflow }) => [
      `${what}:`,
      '',
      '```json',
      JSON.stringify(workflow, null, 2),
      '```',
      '',
    ]),
  ];
}

function effectOf({ effect }: NodeKind): string {
  return effect === 'none' ? 'does not look at the project' : effect;
}

function namesOf(group: readonly string[]): string {
  return group.map((name) => `\`${name}\``).join(' and ');
}

const portMeanings: Readonly<Record<Port, string>> = {
  error: 'its edges are followed when the node fails, and only then',
};

const replays: Readonly<Record<Replay, string>> = {
  reuse: 'what it gave is taken over',
  verify: 'it finds out whether its effect still holds',
  again: 'it is executed again',
};
