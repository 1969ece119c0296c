import {
  type InputRequiredResult,
  inputRequired,
  inputResponse,
  type Server,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { hashJson } from '../../../core/canonical-json.ts';
import { confirmedBy } from '../../../core/dispatch/checks/confirmation.ts';
import { WwiseFlowError } from '../../../core/errors.ts';
import { asJsonObject, asString, isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';
import { type Failure, failure, type Result, withNotices } from '../../../core/result.ts';
import { canElicit } from './elicit-answer.ts';
import type { Tool } from './tool.ts';
import type { ToolCall } from './tool-call.ts';

/** Under this name the question goes to the client. */
const KEY = 'confirmation';

/** Of what is to be confirmed so many are named to the person. */
const MOST_NAMED = 10;

/**
 * Has the client ask the person whether a destructive or wide call is to be done, where it can. Undefined where it cannot, or
 * nothing is to be confirmed: the caller then has the error, which says how to confirm it.
 */
export function elicitConfirmation(
  result: Result,
  context: ServerContext,
  server: Server,
): InputRequiredResult | undefined {
  if (!isToConfirm(result) || !canElicit(context, server)) return undefined;
  // It was asked about just that, and nobody said yes.
  if (askedDigest(context.mcpReq.requestState()) === digestOf(result)) return undefined;
  return inputRequired({
    inputRequests: {
      [KEY]: inputRequired.elicit({
        message: [result.error, ...namesIn(result.details), 'Shall it be done?'].join('\n'),
        requestedSchema: {
          type: 'object',
          properties: { confirm: { type: 'boolean', title: 'Do it' } },
          required: ['confirm'],
        },
      }),
    },
    requestState: JSON.stringify({ confirms: digestOf(result) }),
  });
}

/**
 * What became of a call that the person was asked about. It is done only as what the person saw: where that is otherwise by now it is
 * asked again. Undefined: it was not asked about.
 */
export async function takeConfirmed(
  tool: Tool,
  args: JsonObject,
  context: ServerContext,
  call: ToolCall,
): Promise<Result | undefined> {
  const digest = askedDigest(context.mcpReq.requestState());
  if (digest === undefined) return undefined;
  const response = inputResponse(context.mcpReq.inputResponses, KEY);
  if (response.kind === 'elicit' && response.action !== 'cancel') {
    const isAgreed = response.action === 'accept' && asJsonObject(toJson(response.content)).confirm === true;
    if (!isAgreed) return failure(declined(tool.source.name));
    const again = await tool.run(args, call);
    const by = isToConfirm(again) && digestOf(again) === digest ? confirmedBy(again.details) : undefined;
    return by === undefined ? again : tool.run({ ...args, ...by }, call);
  }
  const unanswered = await tool.run(args, call);
  return withNotices(unanswered, ['The person was asked to confirm it and gave no answer.']);
}

function isToConfirm(result: Result): result is Failure {
  return !result.ok && result.code === 'CONFIRMATION_REQUIRED' && confirmedBy(result.details) !== undefined;
}

function digestOf({ error, details }: Failure): string {
  return hashJson([error, details ?? null]);
}

function askedDigest(text: unknown): string | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    return asString(asJsonObject(JSON.parse(text)).confirms);
  } catch {
    return undefined;
  }
}

/** The first objects or files that the details list. */
function namesIn(details: JsonObject | undefined): readonly string[] {
  const list = Object.values(details ?? {}).find((member) => Array.isArray(member));
  if (!Array.isArray(list)) return [];
  const names = list.flatMap((one) => nameOf(one) ?? []);
  const more = list.length > MOST_NAMED ? [`and ${list.length - MOST_NAMED} more`] : [];
  return [...names.slice(0, MOST_NAMED), ...more];
}

function nameOf(one: Json | undefined): string | undefined {
  if (typeof one === 'string') return one;
  if (!isJsonObject(one)) return undefined;
  const { path, file, filePath, name, from } = one;
  const own = [path, file, filePath, name].find((text) => typeof text === 'string');
  return asString(own) ?? (from === undefined ? undefined : nameOf(from));
}

function toJson(value: unknown): Json {
  const plain: Json = JSON.parse(JSON.stringify(value ?? null));
  return plain;
}

function declined(name: string): WwiseFlowError {
  return new WwiseFlowError('DECLINED', `The person was asked whether ${name} shall do it, and declined.`, {
    hint: 'Nothing was done. Ask what is wanted instead.',
    details: { tool: name },
  });
}
