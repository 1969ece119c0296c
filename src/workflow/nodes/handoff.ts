import { z } from 'zod';
import { isJsonObject } from '../../core/json.ts';
import { below } from '../document/json-pointer.ts';
import { compileSchema } from '../schemas/compile-schema.ts';
import { answerByField, answerByMsOf, declinedError, unansweredError } from './asking/answer-by.ts';
import { jsonSchema } from './conditions/json-value.ts';
import { done, failed, type OwnKind, suspended } from './node-kind.ts';

const input = z.strictObject({
  role: z.string().min(1).max(200).describe('Who is to answer, as "audio lead".'),
  text: z
    .string()
    .min(1)
    .max(4_000)
    .describe('What is asked or to be done. References inside it stand for their text.'),
  schema: z
    .record(z.string(), jsonSchema)
    .optional()
    .describe('JSON Schema that the answer must fit. Left out: any text.'),
  answerBy: answerByField,
});

/** Hands the run over to a person. */
export const handoff: OwnKind = Object.freeze({
  type: 'handoff',
  aliases: ['transfer_to_operator'],
  title: 'Handoff',
  description:
    'Hand the run over to a person with a role: it is suspended, without a process, until somebody answers. What comes after it ' +
    'by an edge has the answer.',
  toolset: 'flow',
  effect: 'none',
  input,
  output: z.object({
    answer: jsonSchema.describe('What was answered.'),
    by: z.string().nullable().describe('Through what the answer came: mcp, cli, rest.'),
  }),
  ports: ['error'],
  asks: true,
  replay: 'reuse',
  waapiCalls: 0,
  isReadBack: false,
  examples: [
    {
      title: 'Have somebody listen before it goes on',
      workflow: {
        nodes: [
          {
            id: 'heard',
            type: 'handoff',
            data: { role: 'audio lead', text: 'Listen to the new footsteps. Which take is it?' },
          },
          { id: 'thanks', type: 'say', data: { text: 'Take $from:heard:$output:answer' } },
        ],
        edges: [{ source: 'heard', target: 'thanks' }],
      },
    },
  ],
  check: (node, graph) => {
    const { schema } = node.input;
    if (schema === undefined || !isJsonObject(schema)) return;
    try {
      compileSchema(schema);
    } catch (thrown) {
      graph.report({
        code: 'WORKFLOW_INVALID',
        message: `Node ${node.id} (handoff) has a schema that is none: ${thrown instanceof Error ? thrown.message : String(thrown)}.`,
        pointer: below(node.dataPointer, 'schema'),
        node: node.id,
        expected: 'a JSON Schema',
      });
    }
  },
  run: async (raw, { answer, awaited, isPreview, now }) => {
    const { role, text, schema, answerBy } = input.parse(raw);
    if (isPreview) return done({ answer: null, by: null });
    if (answer?.isDeclined === true) return failed(declinedError(text));
    if (answer !== undefined) return done({ answer: answer.value, by: answer.caller });
    const answerByMs = answerByMsOf(answerBy, awaited, now());
    if (answerByMs !== undefined && answerByMs <= now()) return failed(unansweredError(text, answerByMs));
    const asks = {
      prompt: text,
      role,
      ...(schema === undefined ? {} : { schema }),
      ...(answerByMs === undefined ? {} : { answerByMs }),
    };
    return suspended({ for: 'answer', asks });
  },
} satisfies OwnKind);
