import { canonicalJson } from '../../../core/canonical-json.ts';
import { unfit } from '../../../core/dispatch/input/parse-input.ts';
import { toWwiseFlowError, WwiseFlowError } from '../../../core/errors.ts';
import { asJsonArray, asJsonObject, type Json, type JsonObject } from '../../../core/json.ts';
import { type Failure, failure } from '../../../core/result.ts';
import type { PlanNode } from '../../compiler/plan.ts';
import type { Values } from '../../expressions/resolve.ts';
import { forEachInput, MOST_ITEMS } from '../../nodes/for-each.ts';
import type { RunFrame } from '../run-frame.ts';
import { inputsFrom } from '../run-options.ts';
import { readsOf, resolveInput } from '../values/node-input.ts';
import { showValue, typeInWords } from '../values/show-value.ts';

/** The items of a loop, and what to say to the person who follows the run. */
export interface OpenedItems {
  readonly items: readonly Json[];
  readonly notice?: string;
}

/**
 * The items that a loop goes over. One that was opened in an earlier part of the run goes on with those of then, so that its nodes
 * stay what they are. Never rejects: what keeps it from opening is its failure.
 */
export async function openLoop(
  node: PlanNode,
  values: Values,
  frame: RunFrame,
): Promise<OpenedItems | Failure> {
  const earlier = frame.unrolled.get(node.id);
  try {
    const now = await itemsNow(node, values, frame);
    if (earlier?.items === undefined || canonicalJson(now) === canonicalJson(earlier.items))
      return { items: earlier?.items ?? now };
    return goesOn(
      node,
      earlier.items,
      `it would have ${node.body?.workflow === undefined ? now.length : 'another'} now`,
    );
  } catch (thrown) {
    if (earlier?.items !== undefined) return goesOn(node, earlier.items, toWwiseFlowError(thrown).message);
    return failure(toWwiseFlowError(thrown));
  }
}

function goesOn({ body }: PlanNode, items: readonly Json[], why: string): OpenedItems {
  if (body?.workflow !== undefined)
    return {
      items,
      notice: `The sub-workflow goes on with the input it was begun with: ${why}. For that of now, resume with "from" or "force" and its id.`,
    };
  return {
    items,
    notice: `The loop goes on with the ${items.length} items it was begun with: ${why}. To go over those of now, resume with "from" or "force" and its id.`,
  };
}

async function itemsNow(node: PlanNode, values: Values, { outputs }: RunFrame): Promise<readonly Json[]> {
  const given = await outputs.valuesFor(() => readsOf(node), values);
  const resolved = asJsonObject(resolveInput(node, given));
  const { items, input } = resolved;
  if (node.body?.workflow !== undefined) return [inputsFrom(node.body.workflow.inputs, input, () => true)];
  if (Array.isArray(items)) return chosen(asJsonArray(items), resolved);
  throw new WwiseFlowError(
    'INVALID_INPUT',
    `A loop goes over a list, and its "items" came to ${typeInWords(items)}: ${showValue(items)}.`,
    {
      hint: 'Let "items" read a list: of an output that is an object, the member that is one, as "$from:n1:$output:objects".',
      details: { node: node.id },
    },
  );
}

function chosen(items: readonly Json[], { limit: most, sample: some }: JsonObject): readonly Json[] {
  const asked = { limit: most, sample: some };
  const parsed = choice.safeParse(asked);
  if (!parsed.success) throw unfit({ name: 'for_each', input: choice }, asked, parsed.error);
  const { limit, sample } = parsed.data;
  const first = limit === undefined ? items : items.slice(0, limit);
  const taken =
    sample === undefined || sample >= first.length
      ? first
      : Array.from({ length: sample }, (_, at) => first[Math.floor((at * first.length) / sample)] ?? null);
  if (taken.length <= MOST_ITEMS) return taken;
  throw new WwiseFlowError(
    'INVALID_INPUT',
    `The loop has ${taken.length.toLocaleString('en')} items; ${MOST_ITEMS.toLocaleString('en')} are the most.`,
    {
      hint: 'Give it a "limit", or go over parts of the list in several runs.',
      details: { count: taken.length },
    },
  );
}

/** Which of its items a loop goes over. */
const choice = forEachInput.pick({ limit: true, sample: true });
