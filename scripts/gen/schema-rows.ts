import { asJsonArray, asJsonObject, asString, type Json, type JsonObject } from '../../src/core/json.ts';

/** The rows of a table of inputs: nested ones by their path, what holds itself once. */
export function inputRows(schema: JsonObject): string[] {
  return rowsBelow(schema, '', asJsonObject(schema.$defs), new Set());
}

/** The members of an output: `total` (integer). */
export function outputRows(schema: JsonObject): string[] {
  const definitions = asJsonObject(schema.$defs);
  return Object.entries(asJsonObject(schema.properties)).map(
    ([name, member]) => `\`${name}\` (${typeOf(asJsonObject(member), definitions)})`,
  );
}

function rowsBelow(
  schema: JsonObject,
  prefix: string,
  definitions: JsonObject,
  seen: ReadonlySet<string>,
): string[] {
  const required = asJsonArray(schema.required);
  return Object.entries(asJsonObject(schema.properties)).flatMap(([name, member]) => {
    const given = asJsonObject(member);
    const { schema: inner, seen: now } = followed(given, definitions, seen);
    const path = `${prefix}${name}`;
    const needed = required.includes(name) ? ' **needed**' : '';
    const words = asString(given.description) ?? asString(inner?.description) ?? '';
    const preset =
      given.default === undefined || JSON.stringify(given.default) === '[]'
        ? ''
        : ` Default: \`${JSON.stringify(given.default)}\`.`;
    const row = `| \`${path}\`${needed} | ${cell(typeOf(inner ?? given, definitions))} | ${cell(words + preset)} |`;
    if (inner === undefined) return [row];
    const item = followed(asJsonObject(inner.items), definitions, now);
    return [
      row,
      ...rowsBelow(inner, `${path}.`, definitions, now),
      ...(item.schema === undefined ? [] : rowsBelow(item.schema, `${path}[].`, definitions, item.seen)),
    ];
  });
}

/** The schema behind a reference; nothing when it was followed before. */
function followed(schema: JsonObject, definitions: JsonObject, seen: ReadonlySet<string>) {
  const name = asString(schema.$ref)?.replace('#/$defs/', '');
  if (name === undefined) return { schema, seen };
  if (seen.has(name)) return { schema: undefined, seen };
  return { schema: asJsonObject(definitions[name]), seen: new Set([...seen, name]) };
}

function typeOf(schema: JsonObject, definitions: JsonObject): string {
  const reference = asString(schema.$ref);
  if (reference !== undefined) {
    const target = asJsonObject(definitions[reference.replace('#/$defs/', '')]);
    return asString(target.type) ?? 'any value';
  }
  const choices = asJsonArray(schema.enum);
  if (choices.length > 0) return choices.map((choice) => `\`${String(choice)}\``).join(', ');
  const branches = [...asJsonArray(schema.anyOf), ...asJsonArray(schema.oneOf)].map(asJsonObject);
  if (branches.length > 0)
    return [...new Set(branches.map((branch) => typeOf(branch, definitions)))].join(' or ');
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  const { type } = schema;
  if (type === 'array') return `list of ${typeOf(asJsonObject(schema.items), definitions)}`;
  if (Array.isArray(type)) return type.join(' or ');
  return `${asString(type) ?? 'any value'}${range(schema)}`;
}

/** Limits of numbers as they are, of safe integers none. */
function range({ minimum, maximum, type }: JsonObject): string {
  if (type !== 'number' && type !== 'integer') return '';
  const [low, high] = [bound(minimum), bound(maximum)];
  if (low === undefined) return high === undefined ? '' : `, at most ${high}`;
  return high === undefined ? `, at least ${low}` : `, ${low} to ${high}`;
}

function bound(value: Json | undefined): number | undefined {
  return typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : undefined;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
