import { z } from 'zod';
import { effects } from '../../../../core/effect.ts';
import { WwiseFlowError } from '../../../../core/errors.ts';
import { success } from '../../../../core/result.ts';
import { didYouMean, nearest } from '../../../../core/text/nearest.ts';
import { isInScope } from '../../access/caller.ts';
import type { Operation } from '../../http-parts.ts';
import { operationRoute } from '../operation-route.ts';
import type { Operations } from '../operations.ts';
import { anyObject, listOf } from '../query/json-fields.ts';
import { skipQuery } from '../query/list-query.ts';
import { pageOf } from '../query/page-of.ts';
import type { RestRoute } from '../rest-route.ts';

/** `POST /wwise/{command}` for every command: one route each in the description, one for all in the server. */
export function commandRoutes(operations: Operations): readonly RestRoute[] {
  return commandsOf(operations).map((operation) =>
    operationRoute(operation, {
      ...{ method: 'post', path: `/wwise/${operation.source.name}`, name: operation.source.name },
      scope: operation.source.effect === 'read' ? 'read' : 'run',
    }),
  );
}

/**
 * What is known of a command that is named in snake case, in camel case, or without its `_object`, as in `/wwise/create`.
 * @throws WwiseFlowError UNKNOWN_COMMAND with the nearest names.
 */
export function findCommand<T>(asked: string, commands: ReadonlyMap<string, T>): T {
  const wanted = asked.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const found = commands.get(wanted) ?? commands.get(`${wanted}_object`);
  if (found !== undefined) return found;
  const known = [...commands.keys()];
  throw new WwiseFlowError(
    'UNKNOWN_COMMAND',
    `There is no command "${asked.slice(0, 100)}".${didYouMean(asked, known)}`,
    {
      hint: 'GET /catalog lists every command.',
      details: { command: asked.slice(0, 100), candidates: nearest(asked, known) },
    },
  );
}

const catalogAsked = skipQuery('commands', ['name', 'title', 'toolset', 'effect'], {
  toolset: z.string().max(100).optional().describe('Only commands of this toolset.'),
  effect: z.enum(effects).optional().describe('Only commands that do this: read changes nothing.'),
  text: z.string().max(200).optional().describe('Text in name, title or description.'),
});

/** What can be asked for: every command with its schemas. */
export function catalogRoutes(operations: Operations): readonly RestRoute[] {
  const commands = commandsOf(operations);
  const byName = new Map(commands.map((operation) => [operation.source.name, operation]));
  const shown = ({ source }: Operation) => {
    const { name, title, description, toolset, effect } = source;
    return { name, title, description, toolset, effect };
  };
  return [
    {
      ...{ method: 'get', path: '/catalog', name: 'listCatalog', summary: 'List commands', scope: 'read' },
      query: catalogAsked.fields,
      ...{ body: null, data: listOf('commands'), statuses: [200] },
      async run({ query, caller }) {
        const { toolset, effect, text = '', ...asked } = catalogAsked.parse(query);
        if (toolset !== undefined) checkToolset(toolset, commands);
        const wanted = text.toLowerCase();
        const found = commands
          .filter(({ source }) => toolset === undefined || source.toolset === toolset)
          .filter(({ source }) => effect === undefined || source.effect === effect)
          .map(shown)
          .filter((row) => `${row.name} ${row.title} ${row.description}`.toLowerCase().includes(wanted))
          .map((row) => ({ ...row, permitted: row.effect === 'read' || isInScope(caller, 'run') }));
        const { rows, total } = pageOf(found, asked);
        return {
          result: success({ commands: [...rows], total }),
          headers: { 'x-total-count': String(total) },
        };
      },
    },
    {
      ...{ method: 'get', path: '/catalog/{command}', name: 'getCatalogEntry', scope: 'read' },
      summary: 'A command with its schemas',
      ...{ query: {}, body: null, data: anyObject, statuses: [200] },
      async run({ params }) {
        const operation = findCommand(params.command ?? '', byName);
        const { inputSchema, dataSchema } = operation;
        return { result: success({ ...shown(operation), inputSchema, dataSchema }) };
      },
    },
    ...(operations.has('workflow_node_types')
      ? [
          operationRoute(operations.get('workflow_node_types'), {
            ...{ method: 'get', path: '/node-types', name: 'listNodeTypes', scope: 'read' },
          }),
        ]
      : []),
  ];
}

function checkToolset(toolset: string, commands: readonly Operation[]): void {
  const known = [...new Set(commands.map(({ source }) => source.toolset))];
  if (known.includes(toolset)) return;
  throw new WwiseFlowError(
    'INVALID_INPUT',
    `No toolset is called "${toolset}".${didYouMean(toolset, known)}`,
    {
      hint: `The toolsets are ${known.join(', ')}.`,
      details: { toolset, candidates: nearest(toolset, known) },
    },
  );
}

/** What is no command is about workflows, and is reached by routes of its own. */
function commandsOf(operations: Operations): readonly Operation[] {
  return operations.all().filter(({ source }) => source.toolset !== 'workflow');
}
