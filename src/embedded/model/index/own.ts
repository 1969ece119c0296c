import type { WwiseObject } from '../model.ts';
import { ObjectNode } from './object-node.ts';

/** Every object of this engine is a node; the check turns a foreign object into a clear defect instead of a wrong answer. */
export function own(object: WwiseObject): ObjectNode {
  if (object instanceof ObjectNode) return object;
  throw new TypeError(`"${object.name}" is not an object of this project`);
}
