import { hashJson } from '../../../core/canonical-json.ts';
import { isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';
import { didYouMean, nearest } from '../../../core/text/nearest.ts';
import { below } from '../../document/json-pointer.ts';
import { compileSchema } from '../../schemas/compile-schema.ts';
import type { NodeContract, SharedSchema } from '../../schemas/node-contract.ts';
import type { Draft, DraftNode } from './draft.ts';

type Side = 'inputSchema' | 'outputSchema';

const sides: readonly Side[] = ['inputSchema', 'outputSchema'];

/** Compiles the JSON Schemas of nodes with those of the workflow that they refer to, by name or by the `$id` of another node's. */
export function readSchemas(draft: Draft): void {
  const { workflow, report } = draft;
  const written = [...draft.nodes].filter(({ options }) => options !== undefined);
  const shared = new Map(Object.entries(workflow.schemas ?? {}));
  for (const [name, schema] of shared)
    checkSchema(schema ?? true, shared, below('/schemas', name), undefined);
  for (const node of written) for (const side of sides) nameOwn(node, side);
  for (const node of written) node.contract = contractOf(node);

  /** A schema with an `$id` may be referred to as one of the workflow's. */
  function nameOwn(node: DraftNode, side: Side): void {
    const schema = node.options?.[side];
    const name = isJsonObject(schema) ? localName(schema.$id) : undefined;
    if (name === undefined || !isJsonObject(schema)) return;
    const known = shared.get(name);
    if (known === undefined) shared.set(name, schema);
    else if (hashJson(withoutId(known)) !== hashJson(withoutId(schema)))
      report({
        code: 'SCHEMA_INVALID',
        message: `Node "${node.id}": another schema is called "${name}", and it says something else.`,
        pointer: below(node.pointer, side, '$id'),
        node: node.id,
        expected: `{ "$ref": "#/schemas/${name}" }, or another $id`,
      });
  }

  function contractOf(node: DraftNode): NodeContract | undefined {
    const { options } = node;
    const of = (side: Side): SharedSchema | undefined => {
      const schema = options?.[side];
      if (schema === undefined) return undefined;
      const pointer = below(node.pointer, side);
      return checkSchema(schema, shared, pointer, node.id)
        ? { schema, shared: reachable(schema, shared) }
        : undefined;
    };
    const [input, output] = [of('inputSchema'), of('outputSchema')];
    if (input === undefined && output === undefined) return undefined;
    return {
      ...(input === undefined ? {} : { input }),
      ...(output === undefined ? {} : { output }),
      ...(options?.coerce === true ? { coerce: true as const } : {}),
    };
  }

  function checkSchema(
    schema: Json,
    all: ReadonlyMap<string, Json | undefined>,
    pointer: string,
    node: string | undefined,
  ): boolean {
    const missing = [...namesIn(schema)].find((name) => !all.has(name));
    const names = [...all.keys()];
    try {
      if (missing === undefined) {
        compileSchema(schema, reachable(schema, all));
        return true;
      }
    } catch (thrown) {
      refuse(thrown instanceof Error ? thrown.message : String(thrown), []);
      return false;
    }
    refuse(`there is no schema "${missing}".${didYouMean(missing, names)}`, nearest(missing, names));
    return false;

    function refuse(why: string, candidates: readonly string[]): void {
      report({
        code: 'SCHEMA_INVALID',
        message: `${node === undefined ? 'The schema' : `Node "${node}": the schema`} does not compile: ${why}${/[.?]$/.test(why) ? '' : '.'}`,
        pointer,
        ...(node === undefined ? {} : { node }),
        expected: 'a JSON Schema (2020-12); { "$ref": "#/schemas/name" } refers to one of "schemas"',
        ...(candidates.length === 0 ? {} : { didYouMean: candidates }),
      });
    }
  }
}

function localName(id: Json | undefined): string | undefined {
  return typeof id === 'string' ? /^#\/schemas\/([^/]+)$/.exec(id)?.[1] : undefined;
}

function withoutId(schema: Json): Json {
  if (!isJsonObject(schema)) return schema;
  const { $id: _, ...rest } = schema;
  return rest;
}

/** The schemas of the workflow that one refers to, and those that they do. */
function reachable(schema: Json, all: ReadonlyMap<string, Json | undefined>): JsonObject {
  const found = new Map<string, Json>();
  const open = [schema];
  for (let at = open.pop(); at !== undefined; at = open.pop())
    for (const name of namesIn(at)) {
      const named = all.get(name);
      if (named === undefined || found.has(name)) continue;
      found.set(name, named);
      open.push(named);
    }
  return Object.fromEntries(found);
}

/** The names of `#/schemas/name` and of pointers into it, wherever they stand. */
function namesIn(schema: Json): ReadonlySet<string> {
  const names = new Set<string>();
  const open: Json[] = [schema];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (typeof at !== 'object' || at === null) continue;
    if (!isJsonObject(at)) {
      open.push(...at);
      continue;
    }
    const [, name] = typeof at.$ref === 'string' ? (/^#\/schemas\/([^/]+)/.exec(at.$ref) ?? []) : [];
    if (name !== undefined) names.add(name);
    for (const member of Object.values(at)) if (member !== undefined) open.push(member);
  }
  return names;
}
