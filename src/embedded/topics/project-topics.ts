import type { Topic } from './topic.ts';

/** The topics that tell about the project as a whole. */
export const projectTopics: readonly Topic[] = [
  {
    uri: 'ak.wwise.core.project.saved',
    payload: (event) => (event.kind === 'saved' ? { modifiedPaths: event.savedFiles } : undefined),
  },
];
