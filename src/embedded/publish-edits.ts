import type { EngineNotices } from './engine-notices.ts';
import type { OpenedProject } from './project/opened-project.ts';
import { savedAlong } from './project/saving/saved-along.ts';
import type { TouchedObjects } from './recovery/touched-objects.ts';
import type { Subscriptions } from './topics/subscriptions.ts';

/** Publishes what is changed, saved and undone in the project, until the function it gives is called. */
export function publishEdits(
  source: OpenedProject,
  { subscriptions, touched, notices }: EditListeners,
): () => void {
  const stopChanges = source.onChanges(function* (batch) {
    // What is on disk at once is published after it was saved.
    if (source.isDirty) touched.note(batch);
    for (const change of batch) {
      subscriptions.publish(source.model, { kind: 'changed', change, batch });
      yield;
    }
  });
  const stopSaved = source.onSaved((savedFiles) => {
    touched.clear();
    subscriptions.publish(source.model, { kind: 'saved', savedFiles });
  });
  const stopAtOnce = source.onSavedAtOnce((unsaved) => {
    if (unsaved.length > 0) notices.say(savedAlong(unsaved));
  });
  const stopSteps = source.onUndoSteps((summary, changes) =>
    subscriptions.publish(source.model, { kind: 'stepped', summary, changes }),
  );
  return () => {
    stopAtOnce();
    stopSteps();
    stopChanges();
    stopSaved();
  };
}

interface EditListeners {
  readonly subscriptions: Subscriptions;
  readonly touched: TouchedObjects;
  readonly notices: EngineNotices;
}
