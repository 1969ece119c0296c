import type { ErrorObject } from 'ajv';
import { WwiseFlowError } from '../../core/errors.ts';
import { asJsonObject, type JsonObject } from '../../core/json.ts';
import type { CommandContext } from '../wwise-command.ts';
import type { ReadySchema } from './call-schemas.ts';
import { unknownUri } from './live-schema.ts';

/**
 * Checks a call against the running Wwise's own schema before it is sent. Throws INVALID_INPUT that lists every problem;
 * what the schema says in files a client cannot fetch is left to Wwise.
 */
export async function checkCall(
  uri: string,
  args: JsonObject,
  options: JsonObject,
  { waapi, callSchemas }: Pick<CommandContext, 'waapi' | 'callSchemas'>,
): Promise<void> {
  const functions = await callSchemas.functions(waapi);
  if (!functions.has(uri)) throw unknownUri(uri, [...functions]);
  const schema = await callSchemas.of(uri, waapi);
  const problems = [
    ...problemsOf('args', schema.args, args),
    ...problemsOf('options', schema.options, options),
  ];
  if (problems.length === 0) return;
  throw new WwiseFlowError('INVALID_INPUT', `${uri}: ${problems.join('; ')}.`, {
    hint: 'Correct the arguments; waapi_schema shows what the function takes.',
    details: { uri, problems },
  });
}

function problemsOf(where: string, ready: ReadySchema | undefined, value: JsonObject): string[] {
  if (ready?.validate === undefined || ready.validate(value)) return [];
  const all = ready.validate.errors ?? [];
  const errors = all.filter(({ keyword }) => keyword !== 'anyOf' && keyword !== 'oneOf');
  const reported = errors.length > 0 ? errors : all;
  return [...new Set(reported.slice(0, 8).map((error) => wordsOf(where, error, ready.schema)))];
}

function wordsOf(where: string, error: ErrorObject, schema: JsonObject): string {
  const position = `${where}${error.instancePath}`;
  if (error.keyword !== 'additionalProperties') return `${position} ${error.message ?? 'does not fit'}`;
  const extra = String(asJsonObject(error.params).additionalProperty);
  const known = error.instancePath === '' ? Object.keys(asJsonObject(schema.properties)) : [];
  return `${position} does not take "${extra}"${known.length === 0 ? '' : ` (known: ${known.join(', ')})`}`;
}
