import { asJsonObject, asString, type Json, type JsonObject } from '../../../core/json.ts';
import type { KnownObjects } from './known-objects.ts';
import type { SharedSlot } from './shared-slot.ts';

/** Keeps nodes of one lane in order: behind one that waits, the others of its lane wait too. */
export interface Lanes {
  block(slot: SharedSlot): void;
  isBlocked(slot: SharedSlot): boolean;
}

/**
 * For one step. An object that is still to be made by a node of the unit is none of those that exist: a change that waits
 * for it keeps nobody else waiting.
 */
export function createLanes(
  known: Pick<KnownObjects, 'find'>,
  slots: readonly SharedSlot[],
  outputs: ReadonlyMap<string, JsonObject>,
  isToCome: (designator: string) => boolean,
): Lanes {
  const blocked = new Set<string>();
  const batchOf = new Map(slots.map(({ item, batch }) => [item.nodeId, batch]));

  /** GUID of the object, `any` when it may be any, undefined when it is still to be made. */
  const subject = (designator: string): string | undefined => {
    const [, node = '', member = ''] = reference.exec(designator) ?? [];
    const output = outputs.get(node);
    const found = known.find(output === undefined ? designator : memberOf(output, member));
    if (found !== undefined) return found.id;
    const isMade = output === undefined && batchOf.get(node)?.made?.includes(member) === true;
    return isMade || isToCome(designator) ? undefined : any;
  };

  /** Of each lane that matters its kind and whose it is. */
  const lanesOf = ({ lanes }: SharedSlot): readonly { readonly kind: string; readonly of: string }[] =>
    lanes.flatMap(({ kind, of }) => {
      const whose = of === undefined ? any : subject(of);
      return whose === undefined ? [] : [{ kind, of: whose }];
    });

  return {
    block: (slot) => {
      for (const { kind, of } of lanesOf(slot)) {
        blocked.add(`${kind} of ${of}`);
        blocked.add(kind);
      }
    },
    isBlocked: (slot) =>
      lanesOf(slot).some(({ kind, of }) =>
        of === any ? blocked.has(kind) : blocked.has(`${kind} of ${of}`) || blocked.has(`${kind} of ${any}`),
      ),
  };
}

const any = 'any';

/** A reference to a member of a node's output. */
const reference = /^\$from:(.+?):\$output:(.+)$/;

/** A designator in an output; nothing where there is none. */
function memberOf(output: JsonObject, path: string): string {
  const value = path.split('.').reduce<Json>((inner, name) => asJsonObject(inner)[name] ?? null, output);
  return asString(value) ?? '';
}
