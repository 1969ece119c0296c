import type { PatchOperation } from '../api/wire.ts';
import { type FlowDocument, membersOf, readDocument } from './document.ts';

/** A document after a JSON Patch (RFC 6902), of the few operations that suggestions have. */
export function patched(document: FlowDocument, operations: readonly PatchOperation[]): FlowDocument {
  let value: unknown = structuredClone(document);
  for (const operation of operations) {
    if (operation.op === 'move') {
      const moved = valueAt(value, operation.from);
      value = put(put(value, operation.from, undefined, 'remove'), operation.path, moved, 'add');
    } else {
      value = put(
        value,
        operation.path,
        operation.op === 'remove' ? undefined : operation.value,
        operation.op,
      );
    }
  }
  return readDocument(value);
}

function partsOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function valueAt(value: unknown, pointer: string): unknown {
  return partsOf(pointer).reduce<unknown>(
    (inner, part) => (Array.isArray(inner) ? inner[Number(part)] : membersOf(inner)[part]),
    value,
  );
}

function put(value: unknown, pointer: string, wanted: unknown, op: 'add' | 'replace' | 'remove'): unknown {
  const [part, ...rest] = partsOf(pointer);
  if (part === undefined) return wanted;
  const below = `${rest.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')}`;
  if (Array.isArray(value)) {
    const items: unknown[] = [...value];
    const index = part === '-' ? items.length : Number(part);
    if (rest.length > 0) items[index] = put(items[index], below, wanted, op);
    else if (op === 'remove') items.splice(index, 1);
    else if (op === 'add') items.splice(index, 0, wanted);
    else items[index] = wanted;
    return items;
  }
  const members: Record<string, unknown> = { ...membersOf(value) };
  if (rest.length > 0) members[part] = put(members[part], below, wanted, op);
  else if (op === 'remove') delete members[part];
  else members[part] = wanted;
  return members;
}
