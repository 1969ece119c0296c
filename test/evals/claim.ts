import { z } from 'zod';
import { asJsonObject, type JsonObject } from '../../src/core/json.ts';

/** One thing that can be looked up in the files of the project. */
const fact = z.strictObject({
  path: z.string().describe('Path of the object, as \\Containers\\Default Work Unit\\Wind.'),
  is: z.enum(['there', 'gone']).default('there'),
  property: z.string().optional().describe('Or: a property that it has, by name.'),
  value: z.union([z.number(), z.string(), z.boolean()]).optional().describe('With this value.'),
  reference: z.string().optional().describe('Or: a reference that it has, by name.'),
  target: z.string().optional().describe('To the object of this name.'),
});

const claim = z.strictObject({
  outcome: z
    .enum(['done', 'refused', 'asked', 'shown'])
    .describe(
      'done: it is done and saved. refused: it cannot or must not be done, and nothing was changed. asked: the person has to decide something first, and nothing was changed. shown: only a look was wanted, and nothing was changed.',
    ),
  text: z.string().describe('What you say to the person.'),
  answer: z
    .array(z.string())
    .default([])
    .describe('Where names or numbers were asked for: these alone, one by one.'),
  facts: z.array(fact).max(50).default([]).describe('What is so in the saved project now.'),
});

export type Fact = z.infer<typeof fact>;

/** What a model says about its work at the end of a turn. */
export type Claim = z.infer<typeof claim>;

/** The one tool that is not the server's. */
export const reportTool: {
  readonly name: 'report';
  readonly description: string;
  readonly inputSchema: JsonObject;
} = {
  name: 'report',
  description: 'End your work on what the person said, with what is true now. It is compared with the files.',
  inputSchema: asJsonObject(z.toJSONSchema(claim, { io: 'input' })),
};

/** The claim, or what is wrong with its form. */
export function parseClaim(args: JsonObject): Claim | string {
  const { data, error } = claim.safeParse(args);
  return data ?? z.prettifyError(error);
}
