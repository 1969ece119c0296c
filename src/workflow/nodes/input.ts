import { z } from 'zod';
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { workflowInputTypes } from '../document/inputs.ts';
import type { WorkflowInput } from '../document/workflow.ts';
import { jsonSchema } from './conditions/json-value.ts';
import { checkMembers } from './data/check-members.ts';
import { databaseSource } from './data/sources/database-source.ts';
import { fileSource } from './data/sources/file-source.ts';
import { folderSource } from './data/sources/folder-source.ts';
import { handedIn } from './data/sources/handed-in.ts';
import { pickFields } from './data/sources/pick-fields.ts';
import { type SourceInput, sourceFields } from './data/sources/source-input.ts';
import { done, type NodeContext, type OwnKind } from './node-kind.ts';

/** Where the data of a workflow comes from. */
export const input: OwnKind = Object.freeze({
  type: 'input',
  aliases: [],
  title: 'Input',
  description:
    'Bring data into a workflow: values written down, what the run was handed (api, webhook, upload), a file (CSV, TSV, JSON), a ' +
    'folder with the facts of its audio, or a database of the configuration. Tables come as "items".',
  toolset: 'flow',
  effect: 'none',
  input: sourceFields,
  output: z.looseObject({
    items: z.array(jsonSchema).optional().describe('The rows, where it gives a table.'),
    count: z.number().optional().describe('How many there are.'),
    value: jsonSchema.optional().describe('What was given, where it is neither a table nor an object.'),
  }),
  ports: ['error'],
  replay: 'reuse',
  waapiCalls: 0,
  isReadBack: false,
  examples: [
    {
      title: 'Work on rows that are written down',
      workflow: {
        nodes: [
          {
            id: 'surfaces',
            type: 'input',
            data: { source: 'static', value: [{ name: 'Grass' }, { name: 'Stone' }] },
          },
          { id: 'end', type: 'say', data: { text: '{{ nodes.surfaces.count }} surfaces' } },
        ],
      },
    },
  ],
  needsService: ({ source }) => source === 'database',
  declares: (raw) => (handedInSources.has(String(raw.source)) ? declared(raw) : undefined),
  check: (node, graph) => checkMembers(node, graph, 'source', membersBySource, neededBySource),
  run: async (raw, context) => {
    const wanted = sourceFields.parse(raw);
    const given = await read(wanted, context);
    return done(pickFields(given, wanted));
  },
} satisfies OwnKind);

async function read(wanted: SourceInput, context: NodeContext): Promise<JsonObject> {
  switch (wanted.source) {
    case 'static':
      return asOutput(wanted.value ?? null);
    case 'api':
    case 'webhook':
      return asOutput(handedIn(wanted, context.inputs));
    case 'upload':
      return fileSource({ ...wanted, path: wanted.path ?? uploadedPath(wanted, context.inputs) }, context);
    case 'file':
      return fileSource(wanted, context);
    case 'folder':
      return folderSource(wanted, context);
    case 'database':
      return databaseSource(wanted, context);
  }
}

function asOutput(value: Json): JsonObject {
  if (isJsonObject(value)) return value;
  return Array.isArray(value) ? { items: value, count: value.length } : { value };
}

/** The input of the workflow that an upload is handed in by. */
const UPLOADED = 'file';

function uploadedPath(wanted: SourceInput, inputs: JsonObject): string {
  const path = handedIn({ ...wanted, schema: undefined }, inputs);
  return String(isJsonObject(path) ? path[UPLOADED] : '');
}

const handedInSources: ReadonlySet<string> = new Set(['api', 'webhook', 'upload']);

/** The inputs that a workflow has by this node: the properties of its schema, the path of an upload, the body of a delivery. */
function declared({ source, schema, path }: JsonObject): ReadonlyMap<string, WorkflowInput> {
  if (source === 'upload') {
    const upload: WorkflowInput = { type: 'string', description: 'Path of the file that was uploaded.' };
    return new Map(path === undefined ? [[UPLOADED, upload]] : []);
  }
  const properties = isJsonObject(schema) && isJsonObject(schema.properties) ? schema.properties : undefined;
  if (properties === undefined) return new Map(source === 'webhook' ? [['body', {}]] : []);
  return new Map(
    Object.entries(properties).map(([name, property]) => [
      name,
      inputOf(isJsonObject(property) ? property : {}),
    ]),
  );
}

function inputOf({ type, description, default: preset }: JsonObject): WorkflowInput {
  const known = workflowInputTypes.find((one) => one === type);
  return {
    ...(known === undefined ? {} : { type: known }),
    ...(typeof description === 'string' ? { description } : {}),
    ...(preset === undefined ? {} : { default: preset }),
  };
}

const forAll = ['source', 'fields', 'single'];
const membersBySource: Readonly<Record<string, readonly string[]>> = {
  static: [...forAll, 'value'],
  api: [...forAll, 'schema'],
  webhook: [...forAll, 'schema'],
  upload: [...forAll, 'path', 'format', 'delimiter', 'header', 'columns', 'types', 'list', 'limit'],
  file: [...forAll, 'path', 'format', 'delimiter', 'header', 'columns', 'types', 'list', 'limit'],
  folder: [...forAll, 'path', 'recursive', 'extensions', 'audio', 'limit'],
  database: [
    ...forAll,
    ...[
      'database',
      'query',
      'parameters',
      'table',
      'where',
      'orderBy',
      'jsonColumns',
      'limit',
      'queryTimeoutMs',
    ],
  ],
};

const neededBySource: Readonly<Record<string, readonly (readonly string[])[]>> = {
  static: [['value']],
  file: [['path']],
  folder: [['path']],
  database: [['query'], ['table']],
};
