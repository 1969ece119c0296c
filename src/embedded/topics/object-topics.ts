import type { JsonObject } from '../../core/json.ts';
import { nullGuid } from '../../core/null-guid.ts';
import type { ModelChange, ProjectModel, WwiseObject } from '../model/model.ts';
import { eventRow } from './event-row.ts';
import type { Subscriber, Topic } from './topic.ts';

/** The topics about single objects. */
export const objectTopics: readonly Topic[] = [
  topic('ak.wwise.core.object.created', (change, row) =>
    change.kind === 'created' ? { object: row(change.object) } : undefined,
  ),
  // Published with the rest of its step, when the object is gone: only what was its own can be returned.
  topic('ak.wwise.core.object.preDeleted', (change, row) =>
    change.kind === 'deleting' ? { object: row(change.object) } : undefined,
  ),
  topic('ak.wwise.core.object.postDeleted', (change, row) =>
    change.kind === 'deleted' ? { object: row(change.object) } : undefined,
  ),
  topic('ak.wwise.core.object.childAdded', (change, row) =>
    change.kind === 'childAdded' ? { child: row(change.child), parent: row(change.parent) } : undefined,
  ),
  topic('ak.wwise.core.object.childRemoved', (change, row) =>
    change.kind === 'childRemoved' ? { child: row(change.child), parent: row(change.parent) } : undefined,
  ),
  // Wwise also publishes the name an object gets when it is created.
  topic('ak.wwise.core.object.nameChanged', (change, row) => {
    if (change.kind === 'created')
      return { object: row(change.object), newName: change.object.name, oldName: '' };
    if (change.kind !== 'nameChanged') return undefined;
    return { object: row(change.object), newName: change.newName, oldName: change.oldName };
  }),
  topic('ak.wwise.core.object.notesChanged', (change, row) =>
    change.kind === 'notesChanged'
      ? { object: row(change.object), newNotes: change.newNotes, oldNotes: change.oldNotes }
      : undefined,
  ),
  topic('ak.wwise.core.object.propertyChanged', (change, row, { watchedId, options }, model) => {
    if (change.kind !== 'propertyChanged' || change.object.id !== watchedId) return undefined;
    if (change.property.toLowerCase() !== String(options.property).toLowerCase()) return undefined;
    const { property, old } = change;
    return {
      object: row(change.object),
      property,
      old,
      new: change.new,
      platform: platformId(model, change.platform),
    };
  }),
  topic('ak.wwise.core.object.referenceChanged', (change, row) => {
    if (change.kind !== 'referenceChanged') return undefined;
    const { object, reference, old } = change;
    return { object: row(object), reference, old: row(old), new: row(change.new), platform: nullGuid };
  }),
  topic('ak.wwise.core.object.attenuationCurveChanged', (change, row) =>
    change.kind === 'attenuationCurveChanged'
      ? { attenuation: row(change.attenuation), curveType: change.curveType }
      : undefined,
  ),
  topic('ak.wwise.core.object.attenuationCurveLinkChanged', (change, row) =>
    change.kind === 'attenuationCurveLinkChanged'
      ? { attenuation: row(change.attenuation), curveType: change.curveType }
      : undefined,
  ),
  // What Wwise puts into `notification` is not published; this engine only changes points.
  topic('ak.wwise.core.object.curveChanged', (change, row) =>
    change.kind === 'curveChanged'
      ? { notification: 'pointsChanged', curve: row(change.curve), owner: row(change.owner) }
      : undefined,
  ),
  topic('ak.wwise.core.switchContainer.assignmentAdded', (change, row) =>
    change.kind === 'assignmentAdded' ? assignment(change, row) : undefined,
  ),
  topic('ak.wwise.core.switchContainer.assignmentRemoved', (change, row) =>
    change.kind === 'assignmentRemoved' ? assignment(change, row) : undefined,
  ),
];

function assignment(
  change: Extract<ModelChange, { readonly kind: 'assignmentAdded' | 'assignmentRemoved' }>,
  row: Row,
): JsonObject {
  const { container, child, stateOrSwitch } = change;
  return { switchContainer: row(container), child: row(child), stateOrSwitch: row(stateOrSwitch) };
}

type Row = (object: WwiseObject | null) => JsonObject;

function topic(
  uri: string,
  notify: (
    change: ModelChange,
    row: Row,
    subscriber: Subscriber,
    model: ProjectModel,
  ) => JsonObject | undefined,
): Topic {
  return {
    uri,
    payload(event, subscriber, model) {
      if (event.kind !== 'changed') return undefined;
      const row: Row = (object) => eventRow(model, object, subscriber, event.batch);
      return notify(event.change, row, subscriber, model);
    },
  };
}

/** A change of the linked value concerns all platforms. */
function platformId(model: ProjectModel, platform: string | null): string {
  return model.platforms.find(({ id, name }) => id === platform || name === platform)?.id ?? nullGuid;
}
