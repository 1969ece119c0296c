import type { AnyCommand } from '../../command.ts';
import { isJsonObject, type Json, type JsonObject } from '../../json.ts';

/** The input with its members under the names they have now. A member that is given under both names is left as it is, to be refused. */
export function underPresentNames(
  command: Pick<AnyCommand, 'formerInputs'> | undefined,
  input: JsonObject,
): JsonObject {
  const former = Object.entries(command?.formerInputs ?? {});
  return former.reduce((named, [was, is]) => renamed(named, was, is), input);
}

function renamed(input: JsonObject, was: string, is: string): JsonObject {
  const [list = '', member] = was.split('[].');
  if (member === undefined) return renamedMember(input, was, is);
  const { [list]: entries } = input;
  if (!Array.isArray(entries)) return input;
  const each = (entry: Json): Json => (isJsonObject(entry) ? renamedMember(entry, member, is) : entry);
  return { ...input, [list]: entries.map(each) };
}

function renamedMember(input: JsonObject, was: string, is: string): JsonObject {
  const now = is.replace('[]', '');
  const given = input[was];
  if (given === undefined || input[now] !== undefined) return input;
  const value = now === is || Array.isArray(given) || isListText(given) ? given : [given];
  // In its former position: the order of members is the caller's.
  const members = Object.entries(input).map(([name, one]) => (name === was ? [now, value] : [name, one]));
  return Object.fromEntries(members);
}

/** Some clients send lists as their JSON text. */
function isListText(value: Json): boolean {
  return typeof value === 'string' && value.trimStart().startsWith('[');
}
