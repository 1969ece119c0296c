import { attribute, type WwuElement, walk } from '../../wwu/tree.ts';
import { mainBusId } from '../creating/new-object.ts';
import type { ObjectIndex } from '../index/object-index.ts';
import type { ObjectNode } from '../index/object-node.ts';
import { pathOf } from '../naming/paths.ts';
import { wholeElement } from '../structure/owned-object.ts';
import { removeAndPrune } from '../structure/sections.ts';
import { droppedEntry, type Gone } from './dropped-entry.ts';
import type { EditLog } from './edit-log.ts';
import { elementsPerStep } from './edit-step.ts';
import { takeApart } from './pieces.ts';
import { writeReference } from './write-reference.ts';

/**
 * Removes an object with everything below it and drops the references to it, as Wwise does in loaded Work Units. An
 * object that was routed to a removed bus goes to the main bus: the Output Bus may not be unset. In steps: where it yields,
 * the tree holds together, with a part of it gone.
 */
export function* removeObject(log: EditLog, index: ObjectIndex, node: ObjectNode): Generator<void, void> {
  const { parent } = node;
  const goneRoots = new Set<WwuElement>([node.element]);
  const gone: Gone = {
    has(element) {
      for (let at: WwuElement | null = element; at !== null; at = at.parent)
        if (goneRoots.has(at)) return true;
      return false;
    },
  };
  let steps = 0;
  const path = pathOf(node);
  const deleted: ObjectNode[] = [];
  for (const inside of walk(node.element)) {
    if (++steps % elementsPerStep === 0) yield;
    const object = index.nodeOf(inside);
    if (object === undefined) continue;
    deleted.push(object);
    for (const reference of index.referencesTo(object.id)) {
      if (gone.has(reference)) continue;
      if (++steps % editsPerStep === 0) yield;
      const entry = droppedEntry(index, reference, object, gone);
      if (entry === undefined) dropReference(log, index, reference, gone);
      else {
        // Another reference in the same entry may be up for removal as well.
        goneRoots.add(entry);
        removeAndPrune(log, entry);
      }
    }
  }
  const named: { readonly object: ObjectNode; readonly path: string }[] = [];
  for (const object of deleted) {
    if (++steps % editsPerStep === 0) yield;
    if (object === node || object.parent !== null)
      named.push({ object, path: object === node ? path : pathOf(object) });
  }
  for (const one of named) log.note({ kind: 'deleting', ...one });
  if (parent !== null) log.note({ kind: 'childRemoved', parent, child: node });
  for (const one of named) log.note({ kind: 'deleted', ...one });
  yield* takeApart(log, node.element);
  removeAndPrune(log, wholeElement(node));
}

function dropReference(log: EditLog, index: ObjectIndex, reference: WwuElement, gone: Gone): void {
  const holder = reference.parent;
  if (holder === null) return;
  if (holder.name === 'Reference') {
    const owner = index.holderOf(holder);
    const name = attribute(holder, 'Name');
    // A slot of a playlist or of metadata is nothing without what it holds.
    if (owner !== undefined && emptiedSlots.has(attribute(owner.element, 'PluginName') ?? '')) {
      removeAndPrune(log, owner.element);
      return;
    }
    const mainBus = index.byId.get(mainBusId);
    if (name === 'OutputBus' && owner !== undefined && mainBus !== undefined && !gone.has(mainBus.element)) {
      writeReference(log, owner, name, mainBus);
    } else {
      removeAndPrune(log, owner?.type === 'PluginInnerObject' ? owner.element : holder);
    }
    return;
  }
  removeAndPrune(log, reference);
}

/** Making so many edits takes about a millisecond. */
const editsPerStep = 200;

const emptiedSlots = new Set(['PlaylistSlot', 'MetadataSlot']);
