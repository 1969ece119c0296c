import type { Json } from '../../core/json.ts';
import { isGuid } from '../../wwise/objects/object-designator.ts';

/**
 * Something a finished command achieved that can be checked in the project later, before its memoised result is trusted.
 * `id` is always a GUID.
 */
export type Claim =
  /** The object exists with this type, under this parent. */
  | { readonly kind: 'exists'; readonly id: string; readonly type: string; readonly parentId: string }
  /** The property of the object still has this value. Numbers compare as 32-bit floats. */
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
  /** The audio source still plays a file with this content (SHA-256, hex). */
  | { readonly kind: 'plays'; readonly id: string; readonly contentHash: string }
  /** The object is gone, and where a path named it, nothing else lives there now. */
  | { readonly kind: 'gone'; readonly id: string; readonly path?: string | undefined }
  /** The designator an input used (a path or `Type:Name`) still leads to this object and not to another one. */
  | { readonly kind: 'named'; readonly id: string; readonly designator: string };

/** The claim that a designator still leads to this object; none for a GUID, which cannot come to mean another one. */
export function stillNamed(designator: string, id: string): readonly Claim[] {
  return isGuid(designator) ? [] : [{ kind: 'named', id, designator }];
}
