import {
  asJsonArray,
  asJsonObject,
  asString,
  isJsonObject,
  type Json,
  type JsonObject,
} from '../../../core/json.ts';
import { mistyped } from '../../../core/text/nearest.ts';
import { isPresentFormat } from '../format-version.ts';
import { hasMembers, type NodeSchemas, schemasOfDocument } from './node-schemas.ts';

/** What was read in another way than it is written. */
export type Normalisation = { readonly node: string; readonly rule: string; readonly what: string };

export interface NormalisedDocument {
  readonly document: unknown;
  readonly changes: readonly Normalisation[];
}

/**
 * A document of the block format, in which a node of a service names its `provider`, as this program writes it. Anything else is
 * the same document. `inputsOf`: the inputs that nodes of a type have; undefined for an unknown type.
 */
export function normaliseDocument(
  document: unknown,
  inputsOf: (type: string) => readonly string[] | undefined,
): NormalisedDocument {
  const given = parsed(document);
  const isPresent = given === undefined || isPresentFormat(given.formatVersion);
  if (isPresent || !namesProvider(given)) return { document, changes: [] };
  const schemas = schemasOfDocument(given);
  const changes: Normalisation[] = [];
  const nodes = asJsonArray(given.nodes).map((node) => {
    if (!isJsonObject(node)) return node;
    const id = asString(node.id) ?? '';
    const key = node.data === undefined ? 'config' : 'data';
    const context: NodeToRead = {
      node,
      type: asString(node.type) ?? '',
      config: { ...asJsonObject(node[key]) },
      incoming: incomingSchema(given, node),
      schemas,
      document: given,
      inputsOf,
      note: (rule, what) => changes.push({ node: id, rule, what }),
    };
    for (const rule of rules) rule(context);
    return { ...node, [key]: context.config };
  });
  return { document: { ...given, nodes }, changes };
}

interface NodeToRead {
  readonly node: JsonObject;
  readonly type: string;
  /** Changed in place. */
  readonly config: Record<string, Json | undefined>;
  /** What flows in, as the node or the one before it says. */
  readonly incoming: Json | undefined;
  readonly schemas: NodeSchemas;
  readonly document: JsonObject;
  inputsOf(type: string): readonly string[] | undefined;
  note(rule: string, what: string): void;
}

/** In their order: a later one sees what an earlier one wrote. */
const rules: readonly ((context: NodeToRead) => void)[] = [
  singleRow,
  jsonColumns,
  presetOfProvider,
  settingsOfPreset,
  itemsOfMapping,
  listOfItems,
  answerOfSchema,
  inputOfWorkflow,
];

/** `source: database` with an `outputSchema` of an object gives the one row, not a list. */
function singleRow({ type, config, node, schemas, note }: NodeToRead): void {
  if (type !== 'input' || config.source !== 'database' || config.single !== undefined) return;
  if (!schemas.isObject(node.outputSchema)) return;
  config.single = true;
  note(
    'single-row',
    `"outputSchema" is of an object: it gives the one row of "${String(config.query ?? config.table)}".`,
  );
}

/** Columns that `outputSchema` says are lists or objects may be JSON as text. */
function jsonColumns({ type, config, node, schemas, note }: NodeToRead): void {
  if (type !== 'input' || config.source !== 'database' || config.jsonColumns !== undefined) return;
  const columns = [...schemas.membersOf(node.outputSchema)].flatMap(([name, member]) =>
    ['array', 'object'].includes(String(asJsonObject(member).type)) ? [name] : [],
  );
  if (columns.length === 0) return;
  config.jsonColumns = columns;
  note('json-columns', `${columns.join(', ')}: lists or objects, which a database may hold as JSON text.`);
}

/** `provider` is the name of a preset. */
function presetOfProvider({ config, note }: NodeToRead): void {
  const { provider } = config;
  if (typeof provider !== 'string' || config.preset !== undefined) return;
  delete config.provider;
  config.preset = provider;
  note('provider', `"provider" names the preset "${provider}".`);
}

/** What a node of a service has beside its inputs is a setting of its preset; what is nearly an input is a mistake. */
function settingsOfPreset({ type, config, inputsOf, note }: NodeToRead): void {
  const known = inputsOf(type);
  if (!isService(type) || config.preset === undefined || known === undefined) return;
  const others = Object.keys(config).filter(
    (name) => !known.includes(name) && mistyped(name, known).length === 0,
  );
  if (others.length === 0) return;
  config.settings = {
    ...asJsonObject(config.settings),
    ...Object.fromEntries(others.map((name) => [name, config[name] ?? null])),
  };
  for (const name of others) delete config[name];
  note('settings', `${others.map((name) => `"${name}"`).join(', ')}: settings of the preset.`);
}

/** `{{input.x}}` where what flows in has no x but one list whose items do: a request for each item. */
function itemsOfMapping({ type, config, incoming, schemas, note }: NodeToRead): void {
  if (!isService(type) || !hasMembers(asJsonObject(config.mapping))) return;
  const list = schemas.onlyListOf(incoming);
  if (list === undefined) return;
  const own = schemas.membersOf(incoming);
  const ofItem = schemas.membersOf(list.items);
  const mapping: Record<string, Json> = {};
  const itemMapping: Record<string, Json> = {};
  for (const [name, value] of Object.entries(asJsonObject(config.mapping))) {
    const member = typeof value === 'string' ? inputMember.exec(value)?.[1] : undefined;
    if (member !== undefined && !own.has(member) && ofItem.has(member))
      itemMapping[name] = `default(item.${member}, null)`;
    else mapping[name] = value ?? null;
  }
  const names = Object.keys(itemMapping);
  if (names.length === 0) return;
  config.list = list.name;
  config.itemMapping = itemMapping;
  if (Object.keys(mapping).length === 0) delete config.mapping;
  else config.mapping = mapping;
  note(
    'for-each-item',
    `${names.join(', ')} are of the items of "${list.name}": it asks for each item, and what comes is merged into it.`,
  );
}

const inputMember = /^\{\{\s*input\.([A-Za-z_]\w*)\s*\}\}$/;

/** Which list is meant, where what flows in has one only. */
function listOfItems({ type, config, incoming, schemas, note }: NodeToRead): void {
  const isOfItems = isService(type)
    ? ['fields', 'condition', 'outputField', 'batchSize'].some((name) => config[name] !== undefined)
    : type === 'filter';
  if (!isOfItems || config.list !== undefined || config.items !== undefined) return;
  const list = schemas.onlyListOf(incoming);
  if (list === undefined) return;
  config.list = list.name;
  note('list', `It works on the items of "${list.name}".`);
}

/** What a model is to answer is what its node gives. */
function answerOfSchema({ type, config, node, schemas, note }: NodeToRead): void {
  if (type !== 'ai' || config.answerSchema !== undefined) return;
  const schema = schemas.standalone(node.outputSchema);
  if (schema === undefined) return;
  config.answerSchema = schema;
  note('answer-schema', '"outputSchema" is what the model is to answer.');
}

/** `{{workflow.input.x}}` without an input x is what the only input node gives. */
function inputOfWorkflow({ config, document, schemas, note }: NodeToRead): void {
  const declared = asJsonObject(document.inputs);
  const inputs = asJsonArray(document.nodes)
    .map(asJsonObject)
    .filter(({ type }) => type === 'input');
  const [only, another] = inputs;
  const id = asString(only?.id);
  if (only === undefined || another !== undefined || id === undefined || !isJsonObject(config.mapping))
    return;
  const members = schemas.membersOf(only.outputSchema);
  const mapping: Record<string, Json> = {};
  const read: string[] = [];
  for (const [name, value] of Object.entries(config.mapping)) {
    const member = typeof value === 'string' ? workflowInputMember.exec(value)?.[1] : undefined;
    if (member === undefined || declared[member] !== undefined || !members.has(member))
      mapping[name] = value ?? null;
    else {
      mapping[name] = `{{ nodes[${JSON.stringify(id)}].${member} }}`;
      read.push(member);
    }
  }
  if (read.length === 0) return;
  config.mapping = mapping;
  note('workflow-input', `workflow.input.${read.join(', workflow.input.')}: what the node "${id}" gives.`);
}

const workflowInputMember = /^\{\{\s*workflow\.input\.([A-Za-z_]\w*)\s*\}\}$/;

function isService(type: string): boolean {
  return type === 'api' || type === 'http';
}

function incomingSchema(document: JsonObject, node: JsonObject): Json | undefined {
  if (hasMembers(asJsonObject(node.inputSchema))) return node.inputSchema;
  const sources = asJsonArray(document.edges)
    .map(asJsonObject)
    .filter(({ target }) => target === node.id)
    .map(({ source }) => source);
  const [only, another] = sources;
  if (only === undefined || another !== undefined) return undefined;
  return asJsonArray(document.nodes)
    .map(asJsonObject)
    .find(({ id }) => id === only)?.outputSchema;
}

function namesProvider(document: JsonObject): boolean {
  return asJsonArray(document.nodes).some((node) => {
    const { config, data } = asJsonObject(node);
    return typeof asJsonObject(config ?? data).provider === 'string';
  });
}

function parsed(document: unknown): JsonObject | undefined {
  if (isJsonObject(document)) return document;
  if (typeof document !== 'string' || !document.includes('"provider"')) return undefined;
  try {
    return asJsonObject(JSON.parse(document));
  } catch {
    return undefined;
  }
}
