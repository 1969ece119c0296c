import { WwiseFlowError } from '../../core/errors.ts';
import { asJsonObject, isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { describeType } from '../runtime/show-value.ts';
import { type Part, parseReferences, type ReferenceTarget } from './reference.ts';

/** Where references find their values during a run. */
export interface Values {
  /** What a finished node gave, or undefined when it has not run. */
  output(node: string): JsonObject | undefined;
  /** How a node failed, or undefined when it has not. */
  error?(node: string): JsonObject | undefined;
  readonly inputs: JsonObject;
}

/**
 * A node's input with every reference replaced by its value; parts without references are the same objects as before.
 * Throws UNRESOLVED_REFERENCE when a value is not there, or cannot stand inside a longer string.
 */
export function resolveReferences(value: Json, values: Values): Json {
  if (typeof value === 'string') return resolveText(value, values);
  if (Array.isArray(value)) return value.map((item) => resolveReferences(item, values));
  if (!isJsonObject(value)) return value;
  const resolved: Record<string, Json> = {};
  for (const [key, member] of Object.entries(value)) {
    if (member !== undefined) resolved[key] = resolveReferences(member, values);
  }
  return resolved;
}

/** Like resolveReferences, but references to nodes for which `isKnown` is false stay as they are. */
export function resolveSome(value: Json, values: Values, isKnown: (node: string) => boolean): Json {
  if (typeof value === 'string') {
    const reads = parseReferences(value) ?? [];
    const isOpen = ({ target }: Part) => target?.kind === 'output' && !isKnown(target.node);
    if (!reads.some(isOpen)) return resolveText(value, values);
    return reads
      .map((part) => {
        if (part.target === undefined || isOpen(part)) return part.text;
        return asText(part.text, read(part.text, part.target, values));
      })
      .join('');
  }
  if (Array.isArray(value)) return value.map((item) => resolveSome(item, values, isKnown));
  if (!isJsonObject(value)) return value;
  const resolved: Record<string, Json> = {};
  for (const [key, member] of Object.entries(value)) {
    if (member !== undefined) resolved[key] = resolveSome(member, values, isKnown);
  }
  return resolved;
}

function resolveText(text: string, values: Values): Json {
  const parts = parseReferences(text);
  const [first] = parts ?? [];
  if (parts === undefined || first === undefined) return text;
  if (parts.length === 1 && first.target !== undefined) return read(first.text, first.target, values);
  return parts
    .map((part) =>
      part.target === undefined ? part.text : asText(part.text, read(part.text, part.target, values)),
    )
    .join('');
}

function read(reference: string, target: ReferenceTarget, values: Values): Json {
  const from = sourceOf(target, values);
  const path = target.kind === 'input' ? [target.name, ...target.path] : target.path;
  const found = from === undefined ? undefined : valueAt(from, path);
  if (found !== undefined) return found;
  const given =
    from === undefined ? 'it has not run' : `it gave: ${Object.keys(from).join(', ') || 'nothing'}`;
  const what =
    target.kind !== 'input'
      ? `Node "${target.node}" gave no "${path.join('.')}"; ${given}`
      : 'It has no value';
  throw new WwiseFlowError('UNRESOLVED_REFERENCE', `${reference} cannot be resolved. ${what}.`, {
    hint:
      target.kind !== 'input'
        ? 'Check what the node gave in its results row (an empty list has no first item), then refer to a value that is there.'
        : `Hand in "${target.name}" with the run's input, or give it a default in the workflow.`,
    details: { reference },
  });
}

function sourceOf(target: ReferenceTarget, values: Values): JsonObject | undefined {
  if (target.kind === 'input') return values.inputs;
  return target.kind === 'output' ? values.output(target.node) : values.error?.(target.node);
}

function valueAt(value: Json, path: readonly string[]): Json | undefined {
  let current: Json | undefined = value;
  for (const [depth, key] of path.entries()) {
    if (Array.isArray(current)) current = current[Number(key)];
    else if (isJsonObject(current)) {
      // A row of a query may be keyed `parent.name`: the rest of the path as one key.
      const rest = path.slice(depth).join('.');
      if (Object.hasOwn(current, rest)) return current[rest];
      current = member(current, key);
    } else return undefined;
  }
  return current;
}

/** `objectId` reads an object's `id`, at its own level or inside `object`, and the other way round. */
function member(value: JsonObject, key: string): Json | undefined {
  if (Object.hasOwn(value, key)) return value[key];
  if (key === 'id') return value.objectId;
  return key === 'objectId' ? (value.id ?? asJsonObject(value.object).id) : undefined;
}

function asText(reference: string, value: Json): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const message = `${reference} is ${describeType(value)} and cannot stand inside a longer string.`;
  throw new WwiseFlowError('UNRESOLVED_REFERENCE', message, {
    hint: 'Refer to a text, a number or a boolean, or let the reference be the whole value.',
    details: { reference },
  });
}
