import { objectTopics } from './object-topics.ts';
import { projectTopics } from './project-topics.ts';
import type { Topic } from './topic.ts';

/** Every topic the embedded engine publishes. */
export const topics: readonly Topic[] = [...objectTopics, ...projectTopics];
