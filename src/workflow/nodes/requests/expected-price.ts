import { asString, isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';
import type { NodeCost } from '../../document/workflow.ts';
import { isResolvedLater } from '../../expressions/resolved-later.ts';
import type { NamedPreset } from '../../remote/presets/preset.ts';
import type { Presets } from '../../remote/presets/read-presets.ts';
import { choosePreset } from './compose-request.ts';
import { money } from './cost.ts';

/** What one call of a node is expected to cost. */
export interface ExpectedPrice {
  readonly perCall: number;
  readonly currency: string;
  /** How that was worked out, as a sentence. */
  readonly basis: string;
  /** How many calls it makes only the run knows: one for each item of its list, or for each batch of them. */
  readonly isPerItem: boolean;
}

/** The price that the document has of a call, which holds before that of a preset. */
export function priceInDocument(price: NodeCost, isPerItem: boolean): ExpectedPrice {
  return { ...price, basis: 'The price of a call in the workflow.', isPerItem };
}

/** By the input of a request as the document has it; undefined where the preset has no price, or only the run knows which it is. */
export function priceOfRequest(
  raw: JsonObject,
  presets: Presets,
  price: NodeCost | undefined,
): ExpectedPrice | undefined {
  if (price !== undefined) return priceInDocument(price, hasItems(raw));
  const asked = textsOf(raw, ['preset', 'operation', 'endpoint', 'url']);
  const operation = known(() => choosePreset(asked, presets).operation);
  const { perCall, currency = 'USD' } = operation?.cost ?? {};
  if (perCall === undefined) return undefined;
  return { perCall, currency, basis: 'The price of a call in the preset.', isPerItem: hasItems(raw) };
}

/** By the input of a question to a model: at most what its longest answer costs, and a token for four characters of the prompt. */
export function priceOfQuestion(
  raw: JsonObject,
  presets: Presets,
  given: NodeCost | undefined,
): ExpectedPrice | undefined {
  if (given !== undefined) return priceInDocument(given, hasItems(raw));
  const {
    preset: name,
    model,
    prompt = '',
    system = '',
  } = textsOf(raw, ['preset', 'model', 'prompt', 'system']);
  const preset: NamedPreset | undefined = name === undefined ? undefined : known(() => presets.find(name));
  const usual = asString(preset?.settings.model?.default);
  const price = preset?.models?.[model ?? usual ?? ''] ?? preset?.models?.['*'];
  if (price === undefined) return undefined;
  const most = typeof raw.maxTokens === 'number' ? raw.maxTokens : USUAL_MOST_TOKENS;
  const asked = Math.ceil((prompt.length + system.length + mappingLength(raw.mapping)) / 4);
  return {
    perCall: money(asked * price.perInputToken + most * price.perOutputToken),
    currency: price.currency,
    basis: `An answer of ${most} tokens, the most it may be, to about ${asked} tokens as the document has them.`,
    isPerItem: hasItems(raw),
  };
}

/** Of the node, where it says nothing else. */
const USUAL_MOST_TOKENS = 1_000;

function hasItems(raw: JsonObject): boolean {
  return ['items', 'list', 'itemMapping', 'batchMode', 'batchSize'].some(
    (member) => raw[member] !== undefined,
  );
}

function mappingLength(mapping: Json | undefined): number {
  return isJsonObject(mapping) ? JSON.stringify(mapping).length : 0;
}

/** Those of the members that are texts, and say now what they will say in a run. */
function textsOf<N extends string>(raw: JsonObject, names: readonly N[]): { readonly [name in N]?: string } {
  const made: { [name in N]?: string } = {};
  for (const name of names) {
    const text = asString(raw[name]);
    if (text !== undefined && !isResolvedLater(text)) made[name] = text;
  }
  return made;
}

/** A preset that is not there is what compiling or running says, not what an estimate does. */
function known<T>(find: () => T): T | undefined {
  try {
    return find();
  } catch {
    return undefined;
  }
}
