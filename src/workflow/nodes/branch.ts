import { z } from 'zod';
import { asJsonArray, asJsonObject, asString, type Json, type JsonObject } from '../../core/json.ts';
import { below } from '../document/json-pointer.ts';
import { conditionsSchema } from './conditions/condition.ts';
import { conditionHolds } from './conditions/evaluate-condition.ts';
import { jsonSchema } from './conditions/json-value.ts';
import { type CheckedNode, done, ELSE, type NodeGraph, type OwnKind } from './node-kind.ts';

const name = z
  .string()
  .min(1)
  .max(100)
  .refine((text) => text !== ELSE && text !== 'error', `must not be "${ELSE}" or "error"`);

const input = z.strictObject({
  condition: conditionsSchema
    .optional()
    .describe(
      'Edges from "true" are followed when it holds, those from "false" otherwise. A field is a path in what flows into the branch.',
    ),
  value: jsonSchema
    .optional()
    .describe(
      'Instead: the edges are followed that leave from the port of this name, else those from "else". A text, number or boolean.',
    ),
  cases: z
    .array(z.strictObject({ name, condition: conditionsSchema }))
    .min(1)
    .max(200)
    .optional()
    .describe(
      'Instead: the first of these whose condition holds is taken, else "else". Conditions in the data of the edges mean the same.',
    ),
  take: z
    .enum(['first', 'all'])
    .optional()
    .describe('"all": every case whose condition holds is taken. Default: the first one.'),
  branches: z
    .record(z.string(), z.union([z.string(), z.array(z.string())]))
    .optional()
    .describe('Where each case leads, by node id: what edges say as well, and must agree with them.'),
});

/** Chooses which of its edges are followed. */
export const branch: OwnKind = Object.freeze({
  type: 'branch',
  aliases: ['if', 'switch'],
  title: 'Branch',
  description:
    'Choose which edges are followed: by a condition ("true", "false"), by a value (the port of that name), or by cases with ' +
    'conditions of their own, which may stand in the data of the edges. Nodes on a way that is not taken are skipped; where ' +
    'ways come together again the run goes on.',
  toolset: 'flow',
  effect: 'none',
  input,
  output: z.object({
    taken: z.array(z.string()).describe('The cases that were taken.'),
    case: z.string().describe('The first of them.'),
  }),
  oneOf: [['condition'], ['value'], ['cases']],
  ports: ['error'],
  passesOn: true,
  replay: 'reuse',
  waapiCalls: 0,
  isReadBack: false,
  cases: (raw) => ({ names: namesOf(raw), isExclusive: raw.take !== 'all' }),
  examples: [
    {
      title: 'Greet by the hour that is handed in',
      workflow: {
        inputs: { hour: { type: 'integer', default: 9 } },
        nodes: [
          {
            id: 'early',
            type: 'branch',
            data: { condition: { of: '$input:hour', operator: 'lt', value: 12 } },
          },
          { id: 'morning', type: 'say', data: { text: 'Good morning' } },
          { id: 'day', type: 'say', data: { text: 'Good day' } },
        ],
        edges: [
          { source: 'early', target: 'morning', sourceHandle: 'true' },
          { source: 'early', target: 'day', sourceHandle: 'false' },
        ],
      },
    },
    {
      title: 'One way per kind, the conditions on the edges',
      workflow: {
        inputs: { kind: { type: 'string', default: 'music' } },
        nodes: [
          { id: 'kind', type: 'branch' },
          { id: 'music', type: 'say', data: { text: 'A track' } },
          { id: 'other', type: 'say', data: { text: 'A sound' } },
          { id: 'end', type: 'say', data: { text: 'Looked at' } },
        ],
        edges: [
          {
            source: 'kind',
            target: 'music',
            data: { condition: { of: '$input:kind', operator: 'equals', value: 'music' } },
          },
          { source: 'kind', target: 'other', sourceHandle: 'else' },
          { source: 'music', target: 'end' },
          { source: 'other', target: 'end' },
        ],
      },
    },
  ],
  check: checkBranch,
  run: async (raw, { flow, ports }) => {
    const { condition, value, cases = [], take } = input.parse(raw);
    const held =
      condition !== undefined
        ? [String(conditionHolds(condition, flow()))]
        : value !== undefined
          ? [textOf(value)].filter((text) => ports.includes(text))
          : cases.filter((one) => conditionHolds(one.condition, flow())).map((one) => one.name);
    const [first = ELSE] = held;
    return done({ taken: take === 'all' && held.length > 0 ? held : [first], case: first });
  },
} satisfies OwnKind);

function namesOf(raw: JsonObject): readonly string[] | undefined {
  if (raw.value !== undefined) return undefined;
  if (raw.cases === undefined) return ['true', 'false'];
  return [...asJsonArray(raw.cases).flatMap((one) => asString(asJsonObject(one).name) ?? []), ELSE];
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function checkBranch(node: CheckedNode, graph: NodeGraph): void {
  const ways = (['condition', 'value', 'cases'] as const).filter((way) => node.input[way] !== undefined);
  const [, another] = ways;
  if (another !== undefined) {
    graph.report({
      code: 'WORKFLOW_INVALID',
      message: `Node ${node.id} (${node.type}) has ${ways.map((way) => `"${way}"`).join(' and ')}.`,
      pointer: below(node.dataPointer, another),
      node: node.id,
      expected: 'one of "condition", "value" and "cases"',
    });
  }
  const names = asJsonArray(node.input.cases).flatMap((one) => asString(asJsonObject(one).name) ?? []);
  for (const [at, one] of names.entries()) {
    if (names.indexOf(one) === at) continue;
    graph.report({
      code: 'WORKFLOW_INVALID',
      message: `Node ${node.id} (${node.type}) has two cases "${one}".`,
      pointer: below(node.dataPointer, 'cases', at, 'name'),
      node: node.id,
      expected: 'a name that no other case has',
    });
  }
}
