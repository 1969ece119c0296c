import { eventRow } from './event-row.ts';
import type { Topic } from './topic.ts';

/** The topics about the project as a whole. */
export const projectTopics: readonly Topic[] = [
  {
    uri: 'ak.wwise.core.project.saved',
    payload: (event) => (event.kind === 'saved' ? { modifiedPaths: event.savedFiles } : undefined),
  },
  {
    uri: 'ak.wwise.core.audio.imported',
    payload(event, subscriber, model) {
      if (event.kind !== 'imported') return undefined;
      const objects = event.objects.map((object) => eventRow(model, object, subscriber, []));
      return { operation: event.operation, objects, files: event.files };
    },
  },
  {
    uri: 'ak.wwise.ui.selectionChanged',
    payload: (event, subscriber) =>
      event.kind === 'selected'
        ? { objects: event.objects.map((object) => subscriber.row(object)) }
        : undefined,
  },
  {
    uri: 'ak.wwise.ui.commands.executed',
    payload(event, subscriber) {
      if (event.kind !== 'commanded') return undefined;
      const objects = event.objects.map((object) => subscriber.row(object));
      return { command: event.command, objects, platforms: event.platforms };
    },
  },
];
