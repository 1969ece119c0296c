import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { isGuid } from '../objects/finding/object-designator.ts';

/**
 * Something a finished command achieved that can be checked in the project later, before its memoised result is trusted.
 * `id` is always a GUID. Of a create, the first `exists` is about the object it made; others are about what belongs to it.
 */
export type Claim =
  /** The object exists, and as far as the claim says with this type, under this parent and with this name. */
  | {
      readonly kind: 'exists';
      readonly id: string;
      readonly type?: string | undefined;
      readonly parentId?: string | undefined;
      readonly name?: string | undefined;
    }
  /** The object has this name, and gets it back when it has another one. */
  | { readonly kind: 'called'; readonly id: string; readonly name: string }
  /**
   * The property of the object still has this value, without platform on the current one. Numbers compare as 32-bit floats.
   * Where it is a reference, the value is a GUID, a path or `Type:Name` of what it points at.
   */
  | {
      readonly kind: 'value';
      readonly id: string;
      readonly property: string;
      readonly value: Json;
      readonly platform?: string | undefined;
    }
  /** The reference of the object still points at the target (null: at nothing). */
  | {
      readonly kind: 'reference';
      readonly id: string;
      readonly reference: string;
      readonly targetId: string | null;
    }
  /** The notes of the object are these; `part`: they still hold these lines. */
  | {
      readonly kind: 'notes';
      readonly id: string;
      readonly notes: string;
      readonly part?: boolean | undefined;
    }
  /** The curve of the object still has these points. */
  | { readonly kind: 'curve'; readonly id: string; readonly expression: string; readonly points: Json }
  /** What the object answers to a return expression is still this, for instance a list as its GUIDs in order. */
  | { readonly kind: 'answers'; readonly id: string; readonly expression: string; readonly answer: Json }
  /** The list of the object still holds these items. */
  | {
      readonly kind: 'holds';
      readonly id: string;
      readonly expression: string;
      readonly items: readonly string[];
    }
  /**
   * What no return expression says and Wwise answers to a call of its own: of the list or value it gives as `member`, that
   * it is `answer`, has each of these entries, or has none of them.
   */
  | {
      readonly kind: 'call';
      readonly uri: string;
      readonly args: JsonObject;
      readonly member?: string | undefined;
      readonly how: 'is' | 'has' | 'lacks';
      readonly answer: Json;
    }
  /** The audio source still plays a file with this content (SHA-256, hex). */
  | { readonly kind: 'plays'; readonly id: string; readonly contentHash: string }
  /** The object is gone, and where a path named it, nothing else lives there now. */
  | { readonly kind: 'gone'; readonly id: string; readonly path?: string | undefined }
  /** Nothing lives where this path leads. */
  | { readonly kind: 'free'; readonly path: string }
  /** The designator an input used (a path or `Type:Name`) still leads to this object and not to another one. */
  | { readonly kind: 'named'; readonly id: string; readonly designator: string };

/** The claim that a designator still leads to this object; none for a GUID, which cannot come to mean another one. */
export function stillNamed(designator: string, id: string): readonly Claim[] {
  return isGuid(designator) ? [] : [{ kind: 'named', id, designator }];
}

/** The claim that nothing is found by a designator any more; none for a GUID. */
export function nothingAt(designator: string): readonly Claim[] {
  return isGuid(designator) ? [] : [{ kind: 'free', path: designator }];
}

/** Claims that an object has these values, by name with or without `@`. What is undefined was not asked for. */
export function valuesHeld(
  id: string,
  values: Readonly<Record<string, Json | undefined>> | undefined,
): readonly Claim[] {
  return Object.entries(values ?? {}).flatMap(([name, value]): Claim[] =>
    value === undefined ? [] : [{ kind: 'value', id, property: name.replace(/^@/, ''), value }],
  );
}

/** The claim that an object has these notes; none when none were given. */
export function notesHeld(id: string, notes: string | undefined): readonly Claim[] {
  return notes === undefined ? [] : [{ kind: 'notes', id, notes }];
}

/** An answer of Wwise as claims compare it: objects by GUID, without the names they had, and numbers as Wwise keeps them. */
export function withoutNames(answer: Json | undefined): Json {
  if (Array.isArray(answer)) return answer.map(withoutNames);
  if (typeof answer === 'number') return Math.fround(answer);
  if (typeof answer === 'string') return isGuid(answer) ? answer.toUpperCase() : answer;
  if (!isJsonObject(answer)) return answer === undefined || typeof answer === 'object' ? null : answer;
  if (typeof answer.id === 'string') return answer.id.toUpperCase();
  const members = Object.entries(answer).map(([name, value]): [string, Json] => [name, withoutNames(value)]);
  const bare: JsonObject = Object.fromEntries(members);
  return bare;
}
