import { z } from 'zod';
import { bytesOf } from '../../../core/answers/budget.ts';
import type { JsonObject } from '../../../core/json.ts';
import { shapeOf } from '../../compiler/schema/node-shape.ts';
import { layers, membersOf, type Schema } from '../../compiler/schema/schema-kinds.ts';
import type { NodeKind } from '../node-kind.ts';
import { type TypeTextStyle, typeText } from './type-text.ts';

/** What the details of one kind may take, in bytes of JSON. */
export const DETAIL_BYTES = 1_000;

/**
 * What an author needs to write a node of this kind: its inputs and outputs by name, each with its type, range and choices,
 * default and meaning. `wired`: inputs that are taken from an earlier node when they are left out; `feeds`: outputs that are
 * taken there. What does not fit into `DETAIL_BYTES` says less of the outputs, then of what the names say already.
 */
export function nodeDetails(kind: NodeKind): JsonObject {
  const attempts = lengths.map((length) => () => detailed(kind, length));
  let shortest: JsonObject = {};
  for (const attempt of attempts) {
    shortest = attempt();
    if (bytesOf(shortest) <= DETAIL_BYTES) return shortest;
  }
  return shortest;
}

/** How much is said: first everything, at last the types alone. */
interface Length {
  readonly outputDepth: number;
  readonly inputDepth: number;
  /** Characters of the description of an input. */
  readonly words: number;
  readonly inFull: boolean;
  /** Of the description of the kind no more than its first sentence. */
  readonly firstSentence?: boolean;
}

const lengths: readonly Length[] = [
  { outputDepth: 2, inputDepth: 3, words: 200, inFull: true },
  { outputDepth: 1, inputDepth: 3, words: 120, inFull: true },
  { outputDepth: 0, inputDepth: 3, words: 120, inFull: true },
  { outputDepth: 0, inputDepth: 3, words: 40, inFull: true },
  { outputDepth: 0, inputDepth: 2, words: 0, inFull: true },
  { outputDepth: 0, inputDepth: 2, words: 0, inFull: false },
  { outputDepth: 0, inputDepth: 0, words: 0, inFull: false, firstSentence: true },
];

function detailed(
  kind: NodeKind,
  { outputDepth, inputDepth, words, inFull, firstSentence = false }: Length,
): JsonObject {
  const { type, description, effect, oneOf, input, output, secretInputs } = kind;
  const { fields, required, outputs } = shapeOf(kind);
  const inputs = Object.entries(membersOf(input, 'input') ?? {}).map(([name, member]) => [
    fields.get(name)?.required === true ? name : `${name}?`,
    inputText(member, { side: 'input', depth: inputDepth, inFull }, words),
  ]);
  const wired = required.filter(({ wire }) => wire !== undefined).map(({ name }) => name);
  const feeds = outputs.map(({ path }) => path);
  return {
    type,
    effect,
    description: firstSentence ? description.replace(/(?<=\.) .*$/s, '') : description,
    inputs: Object.fromEntries(inputs),
    ...(oneOf === undefined ? {} : { oneOf: oneOf.map((group) => [...group]) }),
    ...(wired.length === 0 ? {} : { wired }),
    ...(secretInputs === undefined ? {} : { takesSecrets: [...secretInputs] }),
    outputs: outputsText(output, outputDepth),
    ...(feeds.length === 0 ? {} : { feeds }),
  };
}

/** `'run'|'preview' = 'run'. What it is for.` */
function inputText(member: Schema, style: TypeTextStyle, words: number): string {
  const chain = [...layers(member, 'input')];
  const preset = chain.find((layer) => layer instanceof z.ZodDefault)?._zod.def.defaultValue;
  const about = chain.map((layer) => z.globalRegistry.get(layer)?.description).find((text) => text);
  // How objects are named stands in the instructions and in the first answer of the catalogue.
  const said = (about ?? '').replace(/[.:]? GUID, path or Type:Name\.$/, '.').replace(/^\.$/, '');
  const type = typeText(member, style) + (isWorthSaying(preset) ? ` = ${JSON.stringify(preset)}` : '');
  return said.length > 0 && said.length <= words ? `${type}. ${said}` : type;
}

/** Leaving out a switch, list or map does the same as these. */
function isWorthSaying(preset: unknown): boolean {
  return preset !== undefined && !['false', '""', '[]', '{}'].includes(JSON.stringify(preset));
}

function outputsText(output: Schema, depth: number): string {
  const members = membersOf(output, 'output') ?? {};
  if (depth === 0) return Object.keys(members).join(', ');
  return typeText(output, { side: 'output', depth, inFull: false }).replace(/^\{(.*)\}$/, '$1');
}
