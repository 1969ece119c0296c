import type { AnyCommand } from '../../bus/command.ts';
import { asInput } from '../../bus/untyped-command.ts';
import { asJsonArray, asJsonObject, asString, type Json, type JsonObject } from '../../core/json.ts';
import { nullGuid } from '../../core/null-guid.ts';
import { namedGuids } from '../objects/named-guids.ts';

import type { Reversal } from './inverse.ts';

/** What a command did: its resolved input, its output, and what it saw before when that is known. */
export interface Effect {
  readonly command: string;
  readonly input: Json;
  readonly output: JsonObject;
  readonly before: Json | undefined;
}

/**
 * Works out how to take one effect back: a created object is deleted, a changed value set to what it was before.
 * `claims` are those of the command's `achieved`. Says `none` rather than guess.
 */
export function reversalOf(
  effect: Effect,
  claims: readonly JsonObject[],
  command: AnyCommand | undefined,
): Reversal {
  const own = command?.revert?.(asInput(asJsonObject(effect.input)), asInput(effect.output));
  if (own !== undefined) return own;
  if (command?.effect === 'create') return reversalOfCreate(effect, claims);
  if (command?.effect === 'update') return reversalOfUpdate(effect);
  if (command?.effect === 'destroy')
    return { kind: 'none', why: 'What was deleted comes back through Undo in Wwise only.' };
  return { kind: 'none', why: `${effect.command} cannot be undone.` };
}

function reversalOfCreate({ input, before }: Effect, claims: readonly JsonObject[]): Reversal {
  const named = claims.flatMap(({ kind, id }) => (kind === 'named' ? (asString(id) ?? []) : []));
  const given = new Set([...named, ...namedGuids(input)]);
  const existing = claims.filter(({ kind }) => kind === 'exists');
  const ids = existing.flatMap(({ id }) => asString(id) ?? []);
  const host = ids.filter((id) => given.has(id));
  if (host.length > 0) {
    return { kind: 'within', ids: host, why: 'It went into an object that existed before the run.' };
  }
  const tops = existing
    .filter(({ parentId }) => !ids.includes(asString(parentId) ?? ''))
    .flatMap(({ id }) => asString(id) ?? []);
  const { onNameConflict, importOperation } = asJsonObject(input);
  if (onNameConflict === 'replace' || importOperation === 'replaceExisting') {
    return { kind: 'none', why: 'It may have replaced an object; only Undo in Wwise brings that back.' };
  }
  const isKnownNew = Array.isArray(before) && !tops.some((id) => asJsonArray(before).includes(id));
  const mayReuse =
    onNameConflict === 'merge' || (importOperation ?? 'createNew') === 'useExisting' || isImport(input);
  if (!isKnownNew && (Array.isArray(before) || mayReuse)) {
    return { kind: 'none', why: 'It used an object that may have existed before the run.' };
  }
  return tops.length === 0
    ? { kind: 'none', why: 'It is not known what it made.' }
    : { kind: 'delete', ids: tops };
}

/** audio_import uses an existing Sound when it is not told otherwise. */
function isImport(input: Json): boolean {
  const { filePath, importOperation } = asJsonObject(input);
  return filePath !== undefined && importOperation !== 'createNew';
}

const setProperty = 'ak.wwise.core.object.setProperty';
const setReference = 'ak.wwise.core.object.setReference';

/** WAAPI has no call that links the value of a platform to the others again. */
const ownValue =
  'Its value is as before, but the platform may now keep a value of its own: no call of Wwise links it again.';

function reversalOfUpdate({ input, output }: Effect): Reversal {
  const object = asString(asJsonObject(output.object).id);
  if (object === undefined) return { kind: 'none', why: 'It is not known which object it changed.' };
  const { property, previousValue, reference } = output;
  if (typeof property === 'string' && previousValue !== undefined && previousValue !== null) {
    const { platform } = asJsonObject(input);
    const args = { object, property, value: previousValue, ...(platform === undefined ? {} : { platform }) };
    const calls = [{ uri: setProperty, args }];
    return platform === undefined ? { kind: 'calls', calls } : { kind: 'calls', calls, leaves: ownValue };
  }
  if (typeof reference === 'string' && output.previousTarget !== undefined) {
    const value = asString(asJsonObject(output.previousTarget).id) ?? nullGuid;
    return { kind: 'calls', calls: [{ uri: setReference, args: { object, reference, value } }] };
  }
  const bus = asString(asJsonObject(output.previousBus).id);
  if (bus !== undefined) {
    const calls = [{ uri: setReference, args: { object, reference: 'OutputBus', value: bus } }];
    // Without this the object would keep to a bus that it only inherited before.
    const inherit = { uri: setProperty, args: { object, property: 'OverrideOutput', value: false } };
    return { kind: 'calls', calls: output.overrodeParent === false ? [...calls, inherit] : calls };
  }
  return { kind: 'none', why: 'The value before is not known.' };
}
