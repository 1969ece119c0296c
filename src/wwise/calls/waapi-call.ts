import { z } from 'zod';
import { fitAnswer } from '../../core/answers/fit-answer.ts';
import type { JsonObject } from '../../core/json.ts';
import { jsonRecord } from '../../core/json-record.ts';
import { onlyReads } from '../connection/reading-functions.ts';
import type { CommandContext } from '../wwise-command.ts';
import { checkCall } from './call-check.ts';

/** A WAAPI function or topic by its URI. */
export const waapiUri = z
  .string()
  .trim()
  .regex(/^ak(\.[A-Za-z0-9]+)+$/, 'must be a URI such as ak.wwise.core.getInfo');

/** The input of commands that call a function by its URI. */
export const callInput = z.strictObject({
  uri: waapiUri.describe('E.g. ak.wwise.core.object.get.'),
  args: z.record(z.string(), z.json()).default({}).describe('Arguments.'),
  options: z.record(z.string(), z.json()).default({}).describe('E.g. {"return": ["id"]}.'),
});

export const callOutput = z.object({
  uri: z.string(),
  result: z.record(z.string(), z.json()),
  truncated: z.string().nullable().describe('What was left out; null when nothing was.'),
});

/** Checks the call against the running Wwise's schema, makes it, and cuts an answer that is too long for an agent. */
export async function callByUri({ uri, args, options }: z.output<typeof callInput>, context: CommandContext) {
  await checkCall(uri, asObject(args), asObject(options), context);
  const { answer, truncated } = fitAnswer(await context.waapi.call(uri, asObject(args), asObject(options)));
  return { uri, result: asRecord(answer), truncated };
}

/** Whether a WAAPI function is known to change nothing. */
export function readsOnly(uri: string): boolean {
  return onlyReads(uri);
}

function asObject(record: Readonly<Record<string, z.core.util.JSONType>>): JsonObject {
  return record;
}

/** Members WAAPI left out are left out. */
function asRecord(answer: JsonObject): Record<string, z.core.util.JSONType> {
  return jsonRecord.parse(answer);
}
