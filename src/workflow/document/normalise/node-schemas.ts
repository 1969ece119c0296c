import {
  asJsonArray,
  asJsonObject,
  asString,
  isJsonObject,
  type Json,
  type JsonObject,
} from '../../../core/json.ts';

/** What a document says of the data of its nodes. */
export interface NodeSchemas {
  /** Members that a schema names, those of `allOf` and `$ref` included. */
  membersOf(schema: Json | undefined): ReadonlyMap<string, Json>;
  /** The one member that is a list, with what its items are; undefined where there is none, or several. */
  onlyListOf(
    schema: Json | undefined,
  ): { readonly name: string; readonly items: Json | undefined } | undefined;
  isObject(schema: Json | undefined): boolean;
  /** The schema itself, without a name of its own, where it stands alone. */
  standalone(schema: Json | undefined): JsonObject | undefined;
}

/** The schemas of a document: those under `schemas`, and those that nodes call `#/schemas/NAME` by their `$id`. */
export function schemasOfDocument(document: JsonObject): NodeSchemas {
  const shared = new Map<string, Json>();
  for (const node of asJsonArray(document.nodes).map(asJsonObject))
    for (const schema of [node.inputSchema, node.outputSchema].map(asJsonObject)) {
      const name = localNameOf(schema.$id);
      if (name !== undefined && !shared.has(name)) shared.set(name, schema);
    }
  for (const [name, schema] of Object.entries(asJsonObject(document.schemas)))
    if (schema !== undefined) shared.set(name, schema);

  const resolved = (schema: Json | undefined, depth = 0): JsonObject => {
    const given = asJsonObject(schema);
    const ref = asString(given.$ref);
    if (ref === undefined || !ref.startsWith(PREFIX) || depth > DEEPEST) return given;
    const [name = '', ...path] = ref.slice(PREFIX.length).split('/');
    let found: Json | undefined = shared.get(name);
    for (const key of path) found = asJsonObject(found)[key];
    return resolved(found, depth + 1);
  };

  const membersOf = (schema: Json | undefined, depth = 0): ReadonlyMap<string, Json> => {
    const given = resolved(schema);
    const members = new Map<string, Json>();
    if (depth > DEEPEST) return members;
    for (const part of asJsonArray(given.allOf))
      for (const [name, member] of membersOf(part, depth + 1)) members.set(name, member);
    for (const [name, member] of Object.entries(asJsonObject(given.properties)))
      if (member !== undefined) members.set(name, member);
    return members;
  };

  return {
    membersOf,
    onlyListOf: (schema) => {
      const lists = [...membersOf(schema)].filter(([, member]) => resolved(member).type === 'array');
      const [only, another] = lists;
      if (only === undefined || another !== undefined) return undefined;
      return { name: only[0], items: resolved(only[1]).items };
    },
    isObject: (schema) => resolved(schema).type === 'object',
    standalone: (schema) => {
      const { $id: _, ...rest } = resolved(schema);
      return Object.keys(rest).length === 0 || JSON.stringify(rest).includes('"$ref"') ? undefined : rest;
    },
  };
}

const PREFIX = '#/schemas/';
const DEEPEST = 20;

function localNameOf(id: Json | undefined): string | undefined {
  const text = asString(id);
  return text?.startsWith(PREFIX) === true ? text.slice(PREFIX.length) : undefined;
}

/** Whether a value is an object with members. */
export function hasMembers(value: Json | undefined): value is JsonObject {
  return isJsonObject(value) && Object.keys(value).length > 0;
}
