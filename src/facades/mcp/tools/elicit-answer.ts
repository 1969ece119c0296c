import {
  type InputRequiredResult,
  inputRequired,
  inputResponse,
  type Server,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { asJsonArray, asJsonObject, asString, isJsonObject, type JsonObject } from '../../../core/json.ts';
import { type Result, withNotices } from '../../../core/result.ts';
import { watchProgress } from '../workflow-tools/watch-progress.ts';
import { PATIENCE_MS } from '../workflow-tools/workflow-fields.ts';
import type { ToolCall } from './tool-call.ts';

/** Under this name the one question of a round goes to the client. */
const KEY = 'answer';

/**
 * Has the client ask the person what a suspended run asks, where it can, in the protocol of 2025 and of 2026 alike. Undefined
 * where it cannot, where nothing is asked, or only what is for somebody with a role.
 */
export function elicitAnswer(
  result: Result,
  context: ServerContext,
  server: Server,
): InputRequiredResult | undefined {
  if (!result.ok || result.data.state !== 'suspended' || !canElicit(context, server)) return undefined;
  const question = asJsonArray(result.data.suspended)
    .map(asJsonObject)
    .find(({ for: what, role }) => what === 'answer' && role === null);
  const schema = question && formOf(question);
  if (question === undefined || schema === undefined) return undefined;
  return inputRequired({
    inputRequests: {
      [KEY]: inputRequired.elicit({ message: asString(question.prompt) ?? '', requestedSchema: schema }),
    },
    requestState: JSON.stringify({
      executionId: result.data.executionId,
      question: question.question,
      isText: question.schema === undefined,
    }),
  });
}

/** What became of a question that the client was handed: the run is answered and goes on. Undefined: it was handed none. */
export async function takeElicited(context: ServerContext, call: ToolCall): Promise<Result | undefined> {
  const state = stateOf(context.mcpReq.requestState());
  if (state === undefined) return undefined;
  const { executionId, question, isText } = state;
  const response = inputResponse(context.mcpReq.inputResponses, KEY);
  const service = await call.service();
  if (response.kind !== 'elicit' || response.action === 'cancel') {
    const shown = await service.show({ executionId, signal: call.signal });
    const why = response.kind === 'elicit' ? 'was dismissed' : 'was not answered';
    return withNotices(shown, [`The question "${question}" ${why}: it stays open.`]);
  }
  const content = asJsonObject(JSON.parse(JSON.stringify(response.content ?? {})));
  const given =
    response.action === 'decline'
      ? { question, isDeclined: true }
      : { question, value: isText ? (content.value ?? '') : content };
  const following = { caller: call.caller, waitMs: PATIENCE_MS, onEvent: watchProgress(call.progress) };
  const begun = await service.answer(executionId, given, following);
  return begun.ok ? begun.data.answer : begun;
}

/** A client says what it can at the beginning, or with each request. */
export function canElicit({ mcpReq }: ServerContext, server: Server): boolean {
  const inEnvelope = asJsonObject(mcpReq.envelope)['io.modelcontextprotocol/clientCapabilities'];
  const capabilities = inEnvelope ?? server.getClientCapabilities();
  return isJsonObject(capabilities) && capabilities.elicitation !== undefined;
}

/** The schema as a form: elicitation takes flat objects of texts, numbers, booleans and choices only. */
function formOf({ schema }: JsonObject): Form | undefined {
  if (schema === undefined) return { type: 'object', properties: { value: { type: 'string' } } };
  const { type, properties, required } = asJsonObject(schema);
  const members = Object.entries(asJsonObject(properties));
  if (type !== 'object' || members.length === 0) return undefined;
  const fields: Form['properties'] = {};
  for (const [name, member] of members) {
    const field = fieldOf(asJsonObject(member));
    if (field === undefined) return undefined;
    fields[name] = field;
  }
  const needed = asJsonArray(required).flatMap((name) => asString(name) ?? []);
  return { type: 'object', properties: fields, ...(needed.length === 0 ? {} : { required: needed }) };
}

type Form = Extract<Parameters<typeof inputRequired.elicit>[0]['requestedSchema'], { type: 'object' }>;
type FormField = Form['properties'][string];

function fieldOf({ type, title, description, ...more }: JsonObject): FormField | undefined {
  const shown = {
    ...(typeof title === 'string' ? { title } : {}),
    ...(typeof description === 'string' ? { description } : {}),
  };
  if (type === 'boolean') return { type, ...shown };
  if (type === 'number' || type === 'integer') {
    const { minimum, maximum } = more;
    return {
      type,
      ...shown,
      ...(typeof minimum === 'number' ? { minimum } : {}),
      ...(typeof maximum === 'number' ? { maximum } : {}),
    };
  }
  if (type !== 'string') return undefined;
  const choices = asJsonArray(more.enum).flatMap((choice) => asString(choice) ?? []);
  return choices.length > 0 ? { type, ...shown, enum: choices } : { type, ...shown };
}

function stateOf(
  text: unknown,
): { readonly executionId: string; readonly question: string; readonly isText: boolean } | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    const { executionId, question, isText } = asJsonObject(JSON.parse(text));
    if (typeof executionId !== 'string' || typeof question !== 'string') return undefined;
    return { executionId, question, isText: isText === true };
  } catch {
    return undefined;
  }
}
