import PQueue from 'p-queue';
import { toWwiseFlowError } from '../../../core/errors.ts';
import { isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';
import { compileExpression } from '../../expressions/expression.ts';
import { pathSegments, valueAt } from '../../expressions/value-at.ts';
import { conditionHolds } from '../conditions/evaluate-condition.ts';
import { evaluateFor } from '../data/item-expression.ts';
import { itemListOf } from '../data/item-list.ts';
import type { NodeContext } from '../node-kind.ts';
import { AskAboutCall } from './ask-about-call.ts';
import { requestKey } from './call-notes.ts';
import { callService, type ServiceCall } from './call-service.ts';
import { type ChosenPreset, composeRequest } from './compose-request.ts';
import { costOfCalls, failureAfterCost } from './cost.ts';
import { givenToItem, givenToItems, mergedItem, refuseFailedAnswer } from './pick-answer.ts';
import { plainTextOf } from './plain-text.ts';
import type { HttpInput } from './request-input.ts';

/** What the calls for a list are made with. */
export interface ItemCalls {
  readonly input: HttpInput;
  readonly chosen: ChosenPreset;
  readonly timeoutMs: number;
}

/**
 * Asks for each item of a list, or for each batch of them, and gives what flowed in with the new list in it. An item whose
 * `condition` does not hold stays as it is. Each call that was answered is noted: a run that was cut off goes on behind it.
 */
export async function callForItems(
  { input, chosen, timeoutMs }: ItemCalls,
  context: NodeContext,
): Promise<JsonObject> {
  const found = itemListOf(context.flow(), input.items, input.list);
  const made: Json[] = [...found.items];
  const { condition } = input;
  const wanted = [...found.items.keys()].filter(
    (index) => condition === undefined || conditionHolds(condition, found.items[index] ?? null),
  );
  const isBatched = sizeOfBatch(input, chosen) > 1 || input.batchMode === true;
  const batches = inBatches(wanted, isBatched ? sizeOfBatch(input, chosen) : 1);
  const failed: { index: number; code: string; error: string }[] = [];
  let calls = 0;
  let fromCache = 0;
  let stopped: Error | undefined;
  // The next request does not wait for the disk: what is not noted when the process ends was under way.
  const notes: Promise<void>[] = [];
  const isKept = (noted: Promise<void>): void => {
    noted.catch(() => undefined);
    notes.push(noted);
  };
  const one = async (batch: readonly number[]): Promise<void> => {
    if (stopped !== undefined) return;
    try {
      const items = batch.map((index) => found.items[index] ?? null);
      const call = callFor(batch, items, isBatched, { input, chosen, timeoutMs, nodeKey: context.key });
      const { value, wasMade } = await callService({ ...call, isKept }, context);
      if (wasMade) calls += 1;
      else fromCache += 1;
      for (const [at, index] of batch.entries())
        made[index] = mergedItem(
          found.items[index] ?? null,
          isBatched && Array.isArray(value) ? (value[at] ?? null) : value,
          input,
        );
    } catch (thrown) {
      if (thrown instanceof AskAboutCall) {
        stopped ??= thrown;
        return;
      }
      const error = toWwiseFlowError(thrown);
      if (input.onItemError === 'stop' || error.code === 'CANCELLED') stopped ??= error;
      else for (const index of batch) failed.push({ index, code: error.code, error: error.message });
    }
  };
  const queue = new PQueue({ concurrency: input.concurrency });
  await queue.addAll(batches.map((batch) => () => one(batch)));
  await Promise.all(notes);
  const cost = costOfCalls(calls, chosen.operation, context.price);
  if (stopped instanceof AskAboutCall) throw stopped;
  if (stopped !== undefined) throw failureAfterCost(stopped, cost);
  failed.sort((first, second) => first.index - second.index);
  return {
    ...found.withItems(made),
    asked: wanted.length,
    calls,
    fromCache,
    failed,
    ...(cost === undefined ? {} : { cost }),
  };
}

function sizeOfBatch({ batchMode, batchSize }: HttpInput, { operation }: ChosenPreset): number {
  return batchMode === false ? 1 : (batchSize ?? operation?.batchSize ?? 1);
}

function inBatches(indexes: readonly number[], size: number): readonly (readonly number[])[] {
  const batches: (readonly number[])[] = [];
  for (let at = 0; at < indexes.length; at += size) batches.push(indexes.slice(at, at + size));
  return batches;
}

function callFor(
  batch: readonly number[],
  items: readonly Json[],
  isBatched: boolean,
  { input, chosen, timeoutMs, nodeKey }: ItemCalls & { readonly nodeKey: string },
): ServiceCall {
  const ofItems = items.map((item, at) => paramsOf(item, batch[at] ?? 0, input));
  const params: JsonObject = {
    ...input.mapping,
    ...(isBatched ? inLists(ofItems) : ofItems[0]),
  };
  const key = batch.length === 1 ? String(batch[0]) : `${batch[0]}-${batch[batch.length - 1]}`;
  const request = composeRequest(input, chosen, params, requestKey(nodeKey, key));
  return {
    key,
    request,
    how: { ...input, saveAs: undefined },
    timeoutMs,
    mustBeJson: true,
    pick: (body, status) => {
      refuseFailedAnswer(request, body, status);
      return isBatched
        ? [...givenToItems(request, body, status, batch.length)]
        : givenToItem(request, body, status);
    },
  };
}

function paramsOf(item: Json, index: number, { itemMapping, fields }: HttpInput): JsonObject {
  const params: Record<string, Json> = {};
  for (const [name, source] of Object.entries(itemMapping ?? {}))
    params[name] = evaluateFor(compileExpression(source), item, index);
  if (fields !== undefined)
    params.text = fields
      .map((field) => (isJsonObject(item) ? (valueAt(item, pathSegments(field)) ?? null) : null))
      .filter((value) => value !== null && value !== '')
      .map(plainTextOf)
      .join(' ');
  return params;
}

/** The parameters of a batch: each a list, one value for each item. */
function inLists(params: readonly JsonObject[]): JsonObject {
  const names = new Set(params.flatMap((one) => Object.keys(one)));
  return Object.fromEntries([...names].map((name) => [name, params.map((one) => one[name] ?? null)]));
}
