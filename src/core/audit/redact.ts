import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { withoutSecrets } from '../secrets/known-secrets.ts';
import { isSecretName, withoutCredentials } from '../secrets/without-credentials.ts';

/** Longest text kept in the audit, in characters. */
const LONGEST_TEXT = 2_000;
/** Deepest level kept, so that a hostile input cannot exhaust the stack. */
const DEEPEST = 20;

/** An input as the audit may keep it: values of members that name a secret and other credentials are replaced, long text is cut. */
export function redacted(input: unknown): JsonObject {
  const value = redactedValue(input, 0);
  return isJsonObject(value) ? value : { value };
}

function redactedValue(value: unknown, depth: number): Json {
  if (depth > DEEPEST) return '(deeper levels left out)';
  if (typeof value === 'string') return cut(value);
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map((item) => redactedValue(item, depth + 1));
  if (!isJsonObject(value)) return null;
  const members = Object.entries(value).map(([name, member]): [string, Json] => [
    withoutSecrets(name),
    isSecretName(name) ? '(redacted)' : redactedValue(member, depth + 1),
  ]);
  return Object.fromEntries(members);
}

function cut(text: string): string {
  const kept = withoutCredentials(withoutSecrets(text).slice(0, LONGEST_TEXT));
  return text.length <= LONGEST_TEXT ? kept : `${kept}... (${text.length} characters)`;
}
