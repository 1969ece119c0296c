import { z } from 'zod';
import type { JsonObject } from '../../core/json.ts';
import { checkMembers } from './data/check-members.ts';
import { type DestinationInput, destinationFields } from './data/destinations/destination-input.ts';
import { type RowsToWrite, rowsToWrite } from './data/destinations/rows-to-write.ts';
import { sendRows } from './data/destinations/send-rows.ts';
import { writeFile } from './data/destinations/write-file.ts';
import { writeTable } from './data/destinations/write-table.ts';
import { done, type NodeContext, type OwnKind } from './node-kind.ts';

/** Where the data of a workflow goes. */
export const output: OwnKind = Object.freeze({
  type: 'output',
  aliases: [],
  title: 'Output',
  description:
    'Hand rows on: to a file (CSV, JSON, Parquet or any text), a table of a database, a webhook or an API. Each row is known by run, ' +
    'node and item, so that a run that goes on writes none twice. A preview writes and sends nothing.',
  toolset: 'flow',
  effect: 'none',
  profile: 'designer',
  input: destinationFields,
  secretInputs: ['url', 'headers', 'secret'],
  output: z.looseObject({
    destination: z.string(),
    rows: z.number().describe('How many rows there were.'),
    written: z.number().describe('How many of them were written or sent now; the others had been before.'),
    path: z.string().optional().describe('The file.'),
    table: z.string().optional().describe('The table.'),
    status: z.number().optional().describe('The status of the last answer.'),
    answer: z.json().optional().describe('What an API answered to the last request.'),
    storedAt: z.string().describe('When, ISO 8601.'),
  }),
  ports: ['error'],
  // Whether a row is there already is looked up where it goes.
  replay: 'reuse',
  waapiCalls: 0,
  isReadBack: false,
  irreversible: ({ destination }) =>
    destination === 'webhook' || destination === 'api'
      ? 'What was sent cannot be called back.'
      : 'What it writes lies outside the project and stays.',
  examples: [
    {
      title: 'Write rows as CSV',
      workflow: {
        nodes: [
          { id: 'rows', type: 'input', data: { source: 'static', value: [{ name: 'Grass', takes: 4 }] } },
          { id: 'table', type: 'output', data: { destination: 'csv', path: 'surfaces.csv' } },
        ],
        edges: [{ source: 'rows', target: 'table' }],
      },
    },
  ],
  check: (node, graph) => checkMembers(node, graph, 'destination', membersByDestination, neededByDestination),
  run: async (raw, context) => {
    const wanted = destinationFields.parse(raw);
    const rows = rowsToWrite(wanted, context);
    const written = await write(wanted, rows, context);
    const { destination } = wanted;
    return done({
      ...rows.counts,
      ...written,
      ...{ destination, rows: rows.rows.length, storedAt: new Date(context.now()).toISOString() },
    });
  },
} satisfies OwnKind);

function write(wanted: DestinationInput, rows: RowsToWrite, context: NodeContext): Promise<JsonObject> {
  switch (wanted.destination) {
    case 'database':
      return writeTable(wanted, rows, context);
    case 'webhook':
    case 'api':
      return sendRows(wanted, rows, context);
    default:
      return writeFile(wanted, rows, context);
  }
}

const rowMembers = ['destination', 'items', 'list', 'mapping', 'fields'];
const fileMembers = [...rowMembers, 'path', 'mode', 'keyColumn'];
const membersByDestination: Readonly<Record<string, readonly string[]>> = {
  csv: [...fileMembers, 'delimiter'],
  json: fileMembers,
  parquet: [...rowMembers, 'path', 'mode'],
  file: [...fileMembers, 'delimiter', 'content'],
  database: [...rowMembers, 'database', 'table', 'createTable', 'createRelation', 'queryTimeoutMs'],
  webhook: [...rowMembers, 'url', 'headers', 'secret', 'batchSize', 'requestTimeoutMs'],
  api: [...rowMembers, 'url', 'method', 'headers', 'batchSize', 'idempotent', 'requestTimeoutMs'],
};

const neededByDestination: Readonly<Record<string, readonly (readonly string[])[]>> = {
  csv: [['path']],
  json: [['path']],
  parquet: [['path']],
  file: [['path']],
  database: [['table']],
  webhook: [['url']],
  api: [['url']],
};
