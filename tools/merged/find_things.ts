import { z } from 'zod';
import type { MergedTool } from '../../src/core/merged-tool.ts';
import { queryWaql } from '../query/query_waql.ts';
import { search } from '../query/search.ts';

export const findThings: MergedTool = {
  name: 'find_things',
  title: 'Find objects',
  description:
    'Find objects by words in name or notes, or by type and property with a WAQL query: $ from type Sound where name : "foot"; $ "\\Containers" select descendants where volume < -6. For one known object use get_object.',
  toolset: 'query',
  input: z.strictObject({
    words: search.input.shape.words.optional(),
    in: search.input.shape.in,
    types: search.input.shape.types,
    under: search.input.shape.under,
    query: queryWaql.input.shape.query.describe('Or: WAQL.').optional(),
    return: queryWaql.input.shape.return,
    response_format: queryWaql.input.shape.response_format,
    limit: queryWaql.input.shape.limit,
    cursor: queryWaql.input.shape.cursor,
  }),
  ways: [
    { command: 'query_waql', has: ['query'] },
    { command: 'search', has: ['words'] },
  ],
  examples: [
    { title: 'Find what is about steps', input: { words: 'step' } },
    { title: 'Find the Sounds', input: { query: '$ from type Sound', return: ['@Volume'] } },
  ],
};
