import { z } from 'zod';
import type { Claim } from './claim.ts';

/** Claims as they were stored; those of a version that knew other ones cannot be read. */
export const storedClaims: z.ZodType<Claim[]> = z.array(
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('exists'),
      id: z.string(),
      type: z.string().optional(),
      parentId: z.string().optional(),
      name: z.string().optional(),
    }),
    z.strictObject({ kind: z.literal('called'), id: z.string(), name: z.string() }),
    z.strictObject({
      kind: z.literal('value'),
      id: z.string(),
      property: z.string(),
      value: z.json(),
      platform: z.string().optional(),
    }),
    z.strictObject({
      kind: z.literal('reference'),
      id: z.string(),
      reference: z.string(),
      targetId: z.string().nullable(),
    }),
    z.strictObject({
      kind: z.literal('notes'),
      id: z.string(),
      notes: z.string(),
      part: z.boolean().optional(),
    }),
    z.strictObject({
      kind: z.literal('curve'),
      id: z.string(),
      expression: z.string(),
      points: z.json(),
    }),
    z.strictObject({
      kind: z.literal('answers'),
      id: z.string(),
      expression: z.string(),
      answer: z.json(),
    }),
    z.strictObject({
      kind: z.literal('holds'),
      id: z.string(),
      expression: z.string(),
      items: z.array(z.string()),
    }),
    z.strictObject({
      kind: z.literal('call'),
      uri: z.string(),
      args: z.record(z.string(), z.json()),
      member: z.string().optional(),
      how: z.enum(['is', 'has', 'lacks']),
      answer: z.json(),
    }),
    z.strictObject({ kind: z.literal('plays'), id: z.string(), contentHash: z.string() }),
    z.strictObject({ kind: z.literal('gone'), id: z.string(), path: z.string().optional() }),
    z.strictObject({ kind: z.literal('free'), path: z.string() }),
    z.strictObject({ kind: z.literal('named'), id: z.string(), designator: z.string() }),
  ]),
);
