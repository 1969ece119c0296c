import { attribute, type WwuElement } from '../../wwu/tree.ts';
import type { EditLog } from '../writing/edit-log.ts';
import type { ObjectIndex } from './object-index.ts';
import type { ObjectNode } from './object-node.ts';

/** Work Units that hang below an element, each in a file of its own; outer ones before those nested in them. */
export function nestedWorkUnits(index: ObjectIndex, below: WwuElement): readonly ObjectNode[] {
  const found: ObjectNode[] = [];
  // There are few of them in a project, and perhaps a million elements below this one.
  for (const placeholder of index.placeholdersBelow(below)) {
    const node = index.byId.get((attribute(placeholder, 'ID') ?? '').toUpperCase());
    if (node !== undefined) found.push(node, ...nestedWorkUnits(index, node.element));
  }
  return found;
}

/** 2021.1: the first files that name the document that holds the placeholder, beside the outermost one. */
const firstSchemaWithParentDocument = 103;

/** A nested Work Unit's document names the outermost Work Unit and the one it hangs in; one that stands alone names neither. */
export function writeDocumentIds(
  log: EditLog,
  index: ObjectIndex,
  workUnit: ObjectNode,
  schema: number,
): void {
  for (const node of [workUnit, ...nestedWorkUnits(index, workUnit.element)]) {
    const { root } = node.file.document;
    const holders = fileWorkUnitsAbove(node);
    log.setAttribute(root, 'RootDocumentID', holders.at(-1)?.id);
    const namesParent =
      schema >= firstSchemaWithParentDocument || attribute(root, 'ParentDocumentID') !== undefined;
    if (namesParent) log.setAttribute(root, 'ParentDocumentID', holders[0]?.id);
  }
}

/** The Work Units with files that a nested one hangs in, nearest first. */
function fileWorkUnitsAbove(node: ObjectNode): readonly ObjectNode[] {
  const above: ObjectNode[] = [];
  for (let at = node.parent; at !== null; at = at.parent) {
    if (at.type === 'WorkUnit' && at.folderChildren === null) above.push(at);
  }
  return above;
}
