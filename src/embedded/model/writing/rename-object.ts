import { dirname, join } from 'node:path';
import { attribute } from '../../wwu/tree.ts';
import type { ObjectIndex } from '../index/object-index.ts';
import type { ObjectNode } from '../index/object-node.ts';
import type { EditLog } from './edit-log.ts';

/**
 * Renames an object and, as Wwise does, every place in every file that repeats its name. The file of a Work Unit is
 * renamed with it. The ShortID attribute stays.
 */
export function writeObjectName(log: EditLog, index: ObjectIndex, node: ObjectNode, name: string): void {
  const oldName = node.name;
  if (oldName === name) return;
  log.setAttribute(node.element, 'Name', name);
  for (const reference of index.referencesTo(node.id)) {
    if (attribute(reference, 'Name') !== undefined) log.setAttribute(reference, 'Name', name);
  }
  if (node.type === 'WorkUnit' && node.folderChildren === null) {
    log.setFilePath(node.file, join(dirname(node.file.filePath), `${name}.wwu`));
  }
  log.note({ kind: 'nameChanged', object: node, oldName, newName: name });
}
