import type { ObjectIndex } from '../index/object-index.ts';
import type { ObjectNode } from '../index/object-node.ts';
import type { ListFacts, PropertyFacts, PropertyValue, ReferenceFacts, TypeFacts } from '../model.ts';
import { readPropertyOf } from './read-properties.ts';
import { readListOf, readReferenceOf } from './read-references.ts';

export type StoredMember = PropertyValue | ObjectNode | null | readonly ObjectNode[] | undefined;

/**
 * Reads one member of many objects as it is stored: a property, reference or list of the object's type, else what the file has of
 * that name. Objects of one type come in runs: what the name is on the type is looked up once per run. The facts of an object
 * come with it, since many members are read of it.
 */
export function storedMember(
  index: ObjectIndex,
  name: string,
  platform: string,
): (node: ObjectNode, facts: TypeFacts | undefined) => StoredMember {
  let known: TypeFacts | undefined;
  let property: PropertyFacts | undefined;
  let reference: ReferenceFacts | undefined;
  let list: ListFacts | undefined;
  return (node, facts) => {
    if (facts !== known) {
      known = facts;
      property = facts?.property(name);
      reference = facts?.reference(name);
      list = facts?.list(name);
    }
    if (property !== undefined) return readPropertyOf(node, property, name, platform);
    if (reference !== undefined) return readReferenceOf(index, node, reference, name);
    if (list !== undefined) return readListOf(index, node, list, name);
    // Custom properties and members of unknown plug-ins stand in the file only.
    return (
      readPropertyOf(node, undefined, name, platform) ??
      readReferenceOf(index, node, undefined, name) ??
      readListOf(index, node, undefined, name)
    );
  };
}
