import type { JsonObject } from '../../core/json.ts';
import type { ModelChange, WwiseObject } from '../model/model.ts';
import { eventRow } from './event-row.ts';
import type { Topic } from './topic.ts';

/**
 * What one undo step changed of the project's structure, object by object and without what cancels out. Steps that change
 * values only are none of its business.
 */
export const structureChanged: Topic = {
  uri: 'ak.wwise.core.object.structureChanged',
  payload(event, subscriber, model) {
    if (event.kind !== 'stepped') return undefined;
    const row = (object: WwiseObject | null): JsonObject =>
      eventRow(model, object, subscriber, event.changes);
    const objects = [...gathered(event.changes)].flatMap(([object, facts]) => {
      const changes = changesOf(facts, row);
      return changes.length === 0 ? [] : [{ object: row(object), changes }];
    });
    return objects.length === 0 ? undefined : { summary: event.summary, objects };
  },
};

interface ObjectFacts {
  created: boolean;
  deleted: boolean;
  name?: { oldName: string; newName: string };
  notes?: { oldNotes: string; newNotes: string };
  /** Null: none before, or none after. */
  oldParent?: WwiseObject | null;
  newParent?: WwiseObject | null;
}

function gathered(changes: readonly ModelChange[]): Map<WwiseObject, ObjectFacts> {
  const byObject = new Map<WwiseObject, ObjectFacts>();
  const factsOf = (object: WwiseObject): ObjectFacts => {
    const facts = byObject.get(object) ?? { created: false, deleted: false };
    byObject.set(object, facts);
    return facts;
  };
  for (const change of changes) note(change, factsOf);
  return byObject;
}

function note(change: ModelChange, factsOf: (object: WwiseObject) => ObjectFacts): void {
  switch (change.kind) {
    case 'created': {
      const facts = factsOf(change.object);
      if (facts.deleted) facts.deleted = false;
      else facts.created = true;
      return;
    }
    case 'deleted': {
      const facts = factsOf(change.object);
      if (facts.created) facts.created = false;
      else facts.deleted = true;
      return;
    }
    case 'nameChanged': {
      const facts = factsOf(change.object);
      facts.name = { oldName: facts.name?.oldName ?? change.oldName, newName: change.newName };
      return;
    }
    case 'notesChanged': {
      const facts = factsOf(change.object);
      facts.notes = { oldNotes: facts.notes?.oldNotes ?? change.oldNotes, newNotes: change.newNotes };
      return;
    }
    case 'childRemoved': {
      const facts = factsOf(change.child);
      if (facts.oldParent === undefined) facts.oldParent = change.parent;
      facts.newParent = null;
      return;
    }
    case 'childAdded': {
      const facts = factsOf(change.child);
      if (facts.oldParent === undefined) facts.oldParent = null;
      facts.newParent = change.parent;
      return;
    }
  }
}

function changesOf(
  { created, deleted, name, notes, oldParent, newParent }: ObjectFacts,
  row: (object: WwiseObject | null) => JsonObject,
): readonly JsonObject[] {
  if (created) return [{ type: 'create' }];
  if (deleted) return [{ type: 'delete' }];
  const isMoved = oldParent && newParent && oldParent !== newParent;
  return [
    ...(name === undefined || name.oldName === name.newName
      ? []
      : [{ type: 'nameChange', nameChange: { ...name } }]),
    ...(notes === undefined || notes.oldNotes === notes.newNotes
      ? []
      : [{ type: 'notesChange', notesChange: { ...notes } }]),
    ...(isMoved
      ? [
          {
            type: 'parentChange',
            parentChange: { oldParent: row(oldParent), newParent: row(newParent) },
          },
        ]
      : []),
  ];
}
