import { asString, type JsonObject } from '../../core/json.ts';
import { isGuid, tidyDesignator } from '../../wwise/objects/object-designator.ts';
import type { FoundObject } from '../../wwise/objects/object-row.ts';
import type { Fusion, FusionView, Piece } from './fusion.ts';
import { isRouting } from './routing.ts';

export interface TargetFusion<I extends { readonly objectId: string }, O> {
  /** False for an input that must be carried out alone. */
  accepts?(raw: JsonObject): boolean;
  /** Properties and references that are changed. */
  members(raw: JsonObject): readonly string[];
  /** Kinds of change beside those of the members. */
  readonly lanes?: readonly string[];
  /** More return expressions the output needs. */
  readonly returns?: readonly string[];
  /** Other objects the change is about. */
  targets?(raw: JsonObject): readonly string[];
  /** `object`: what `objectId` names, as it is before the change. */
  prepare(input: I, view: FusionView, object: FoundObject): Piece<O> | undefined;
}

/** A command that sets members of the object its input calls `objectId`, and gives it back as `object`. */
export function targetFusion<I extends { readonly objectId: string }, O>(
  target: TargetFusion<I, O>,
): Fusion<I, O> {
  return {
    call: 'set',
    accepts: (raw) => target.accepts?.(raw) !== false,
    lanes: (raw) => {
      const objectId = asString(raw.objectId) ?? '';
      return [...target.members(raw), ...(target.lanes ?? [])].map((member) => ({
        kind: `@${member.toLowerCase()}`,
        // What an object plays through is told by those above it too.
        ...(isRouting(member) ? {} : { of: objectId }),
      }));
    },
    names: (raw) => ({ objects: [asString(raw.objectId) ?? '', ...(target.targets?.(raw) ?? [])] }),
    returns: (raw) => [...target.members(raw).map((member) => `@${member}`), ...(target.returns ?? [])],
    foreknown: ({ objectId }) => objectKnown(objectId),
    prepare: (input, view) => {
      const object = view.find(input.objectId);
      return object === undefined ? undefined : target.prepare(input, view, object);
    },
  };
}

/** An output whose `object` is the one the input names: by GUID, it is known before. */
export function objectKnown(objectId: unknown): JsonObject {
  const id = tidyDesignator(asString(objectId) ?? '');
  return isGuid(id) ? { object: { id } } : {};
}
