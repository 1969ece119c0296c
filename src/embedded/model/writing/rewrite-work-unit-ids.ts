import { attribute, walk } from '../../wwu/tree.ts';
import type { ObjectIndex } from '../index/object-index.ts';
import type { ObjectNode } from '../index/object-node.ts';
import type { EditLog } from './edit-log.ts';
import { elementsPerStep } from './edit-step.ts';
import { workUnitId } from './write-reference.ts';

/** References to a moved object and to everything in it name the Work Unit it now lives in. In steps. */
export function* rewriteWorkUnitIds(
  log: EditLog,
  index: ObjectIndex,
  node: ObjectNode,
): Generator<void, void> {
  const home = workUnitId(node);
  let seen = 0;
  for (const inside of walk(node.element)) {
    if (++seen % elementsPerStep === 0) yield;
    const object = index.nodeOf(inside);
    if (object === undefined) continue;
    for (const reference of index.referencesTo(object.id)) {
      if (attribute(reference, 'WorkUnitID') !== undefined) log.setAttribute(reference, 'WorkUnitID', home);
    }
  }
}
