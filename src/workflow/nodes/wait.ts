import { z } from 'zod';
import { WwiseFlowError } from '../../core/errors.ts';
import { below } from '../document/json-pointer.ts';
import { parseMoment } from './asking/parse-moment.ts';
import { done, type OwnKind, suspended } from './node-kind.ts';

/** The longest wait, in milliseconds: 366 days. */
const LONGEST_WAIT_MS = 366 * 86_400_000;

const input = z.strictObject({
  forMs: z
    .number()
    .min(0)
    .max(LONGEST_WAIT_MS)
    .optional()
    .describe('How long, in milliseconds from when its turn comes; at most 366 days.'),
  until: z
    .string()
    .max(40)
    .refine(
      (text) => parseMoment(text) !== undefined,
      'must be a time with an offset, as 2026-11-29T18:30:00Z',
    )
    .optional()
    .describe(
      'Until when instead: ISO 8601 with an offset, as 2026-11-29T18:30:00+01:00. A time gone by does not wait.',
    ),
});

/** Waits for a time. */
export const wait: OwnKind = Object.freeze({
  type: 'wait',
  aliases: [],
  title: 'Wait',
  description:
    'Wait for a time before what comes after it by an edge. The run is suspended meanwhile when it is for long: it goes on by ' +
    'itself, and after a restart when it is resumed.',
  toolset: 'flow',
  effect: 'none',
  input,
  output: z.object({
    until: z.string().describe('When it was over, ISO 8601.'),
    waitedMs: z.number().describe('How long it was to wait; 0 in a preview.'),
  }),
  oneOf: [['forMs'], ['until']],
  ports: ['error'],
  passesOn: true,
  replay: 'reuse',
  waapiCalls: 0,
  isReadBack: false,
  examples: [
    {
      title: 'Say something a tenth of a second later',
      workflow: {
        nodes: [
          { id: 'pause', type: 'wait', data: { forMs: 100 } },
          { id: 'done', type: 'say', data: { text: 'Waited $from:pause:$output:waitedMs ms' } },
        ],
        edges: [{ source: 'pause', target: 'done' }],
      },
    },
  ],
  check: (node, graph) => {
    const { forMs, until } = node.input;
    if (forMs !== undefined && until !== undefined) {
      graph.report({
        code: 'WORKFLOW_INVALID',
        message: `Node ${node.id} (wait) has both "forMs" and "until".`,
        pointer: below(node.dataPointer, 'until'),
        node: node.id,
        expected: 'one of the two',
        suggestion: [{ op: 'remove', path: below(node.dataPointer, 'until') }],
      });
    }
    if (graph.after.length === 0)
      graph.warn(
        `Nothing comes after ${node.id} (wait), so nothing waits for it: draw an edge to what shall.`,
      );
  },
  run: async (raw, { awaited, isPreview, now }) => {
    const { forMs, until } = input.parse(raw);
    const startMs = now();
    const given = awaited?.for === 'time' ? awaited.untilMs : undefined;
    const untilMs = given ?? (forMs === undefined ? parseMoment(until ?? '') : startMs + forMs);
    if (untilMs === undefined || (forMs !== undefined && until !== undefined)) {
      throw new WwiseFlowError('INVALID_INPUT', 'A wait takes one of "forMs" and "until".', {
        hint: 'Give forMs in milliseconds, or until as an ISO 8601 time with an offset.',
        details: { forMs: forMs ?? null, until: until ?? null },
      });
    }
    if (!isPreview && untilMs > startMs) return suspended({ for: 'time', untilMs });
    return done({ until: new Date(untilMs).toISOString(), waitedMs: isPreview ? 0 : (forMs ?? 0) });
  },
} satisfies OwnKind);
