import { instanceTopics } from './instance-topics.ts';
import { objectTopics } from './object-topics.ts';
import { projectTopics } from './project-topics.ts';
import { silentTopics } from './silent-topics.ts';
import { structureChanged } from './structure-changed.ts';
import type { InstanceTopic, Topic } from './topic.ts';

/** Every topic about the open project. */
const topics: readonly Topic[] = [...objectTopics, structureChanged, ...projectTopics];

/** Every topic that can be subscribed to here. */
export const allTopics: readonly (Topic | InstanceTopic)[] = [...topics, ...instanceTopics, ...silentTopics];
