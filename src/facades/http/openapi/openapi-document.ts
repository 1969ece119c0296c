import { errorCodes } from '../../../core/errors.ts';
import { isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';
import type { HttpParts } from '../http-parts.ts';
import { pathParameters } from '../rest/operation-route.ts';
import type { RestRoute } from '../rest/rest-route.ts';

/** The description of every route as OpenAPI 3.1, whose schemas are JSON Schemas: those that MCP has, made from the same source. */
export function openApiDocument(
  routes: readonly RestRoute[],
  { version, callerOf }: Pick<HttpParts, 'version' | 'callerOf'>,
): JsonObject {
  const paths: Record<string, Record<string, JsonObject>> = {};
  for (const route of routes)
    paths[route.path] = { ...paths[route.path], [route.method]: withOpenObjects(operationOf(route)) };
  return {
    openapi: '3.1.0',
    info: {
      title: 'WwiseFlow',
      version,
      description: 'Every address is served below /api too. Answers are the results that MCP tools give.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: [...new Set(routes.map(tagOf))].map((name) => ({ name })),
    paths,
    components: {
      schemas: { Failure: failureSchema },
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
    },
    security: callerOf === null ? [] : [{ bearer: [] }],
  };
}

function operationOf(route: RestRoute): JsonObject {
  const { path, query, body, statuses } = route;
  const inPath = pathParameters(path).map((name) => ({
    ...{ name, in: 'path', required: true },
    schema: { type: 'string' },
  }));
  const inQuery = Object.entries(query).map(([name, { schema, description, required }]) => ({
    ...{ name, in: 'query', required: required === true, schema },
    ...(description === undefined ? {} : { description }),
  }));
  return {
    operationId: route.name,
    summary: route.summary,
    tags: [tagOf(route)],
    ...(route.isOpen === true ? { security: [] } : { 'x-scope': route.scope }),
    parameters: [...inPath, ...inQuery, ...(/^\/session(\/|$)/.test(path) ? [sessionParameter] : [])],
    ...(body === null
      ? {}
      : { requestBody: { required: false, content: { [bodyType(route)]: { schema: body } } } }),
    responses: {
      ...Object.fromEntries(statuses.map((status) => [String(status), successOf(route)])),
      default: {
        description: 'What went wrong, and what to do.',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Failure' } } },
      },
    },
  };
}

const sessionParameter: JsonObject = {
  ...{ name: 'x-session-id', in: 'header', required: false, schema: { type: 'string' } },
  description: 'The executionId of a run. Left out: what the cookie of the run says.',
};

/** An object that no member is named of holds any: generators of clients take it for an empty one unless it is said. */
function withOpenObjects(value: JsonObject): JsonObject {
  const inside = Object.entries(value).map(([name, member]) => [name, openIn(member)] as const);
  const { type, properties, additionalProperties } = value;
  const isOpen = type === 'object' && properties === undefined && additionalProperties === undefined;
  return { ...Object.fromEntries(inside), ...(isOpen ? { additionalProperties: true } : {}) };
}

function openIn(value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) return value.map((item) => openIn(item) ?? null);
  return isJsonObject(value) ? withOpenObjects(value) : value;
}

function bodyType({ isForm }: RestRoute): string {
  return isForm === true ? 'multipart/form-data' : 'application/json';
}

function tagOf({ path }: RestRoute): string {
  return path.split('/')[1] ?? '';
}

function successOf({ data, path, query }: RestRoute): JsonObject {
  if (path.endsWith('/events'))
    return {
      description: 'Server-sent events.',
      content: { 'text/event-stream': { schema: { type: 'string' } } },
    };
  if (path === '/assets/{assetId}')
    return { description: 'The content.', content: { 'application/octet-stream': {} } };
  return {
    description: 'The result.',
    ...(query.take === undefined ? {} : { headers: pageHeaders }),
    content: { 'application/json': { schema: resultSchema(data) } },
  };
}

/** Of the pages of a list. */
const pageHeaders: JsonObject = {
  'x-total-count': { description: 'Rows on all pages.', schema: { type: 'integer' } },
  link: {
    description: 'Where the next page is, rel="next"; the last one has none.',
    schema: { type: 'string' },
  },
};

function resultSchema(data: JsonObject): JsonObject {
  return {
    type: 'object',
    properties: {
      ...{ ok: { const: true }, data, error: { type: 'null' }, code: { type: 'null' } },
      ...{ memo: { enum: ['hit', 'miss', 'stale', 'off'] }, idemKey: { type: ['string', 'null'] } },
      notices: { type: 'array', items: { type: 'string' } },
    },
    required: ['ok', 'data'],
  };
}

const codeText = Object.entries(errorCodes)
  .map(([code, { means }]) => `${code}: ${means}`)
  .join('\n');

const failureSchema: JsonObject = {
  type: 'object',
  properties: {
    ok: { const: false },
    data: { type: 'null' },
    error: { type: 'string', description: 'What happened, with the offending value.' },
    code: { type: 'string', enum: Object.keys(errorCodes), description: codeText },
    hint: { type: 'string', description: 'What to do next.' },
    details: { type: 'object', description: 'problems: what is wrong with which member of the input.' },
    retryable: { type: 'boolean' },
    notices: { type: 'array', items: { type: 'string' } },
  },
  required: ['ok', 'data', 'error', 'code', 'hint', 'retryable'],
};
