import { asString, type JsonObject } from '../../core/json.ts';
import type { KnownObjects } from './known-objects.ts';
import type { SharedSlot } from './slot.ts';

/** Keeps nodes of one lane in order: behind one that waits, the others of its lane wait too. */
export interface Lanes {
  block(slot: SharedSlot): void;
  isBlocked(slot: SharedSlot): boolean;
}

/**
 * For one round. An object that is still to be made by a node of the unit is none of those that exist: a change that waits
 * for it keeps nobody else waiting.
 */
export function createLanes(
  known: Pick<KnownObjects, 'find'>,
  slots: readonly SharedSlot[],
  outputs: ReadonlyMap<string, JsonObject>,
  isToCome: (designator: string) => boolean,
): Lanes {
  const makers = new Set(slots.filter(isMaker).map(({ item }) => item.nodeId));
  const blocked = new Set<string>();

  /** GUID of the object, `any` when it may be any, undefined when it is still to be made. */
  const subject = (designator: string): string | undefined => {
    const [, node = ''] = objectOf.exec(designator) ?? [];
    const output = outputs.get(node);
    const found = known.find(asString(output?.objectId) ?? asString(output?.id) ?? designator);
    if (found !== undefined) return found.id;
    return (makers.has(node) && output === undefined) || isToCome(designator) ? undefined : any;
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

/** A reference to the object a node made. */
const objectOf = /^\$from:(.+?):\$output:(?:objectId|id|path)$/;

/** What it makes was not there before, unlike what an import may find. */
function isMaker({ fusion, item }: SharedSlot): boolean {
  return fusion.call === 'set' && fusion.makes?.(item.input) !== undefined;
}
