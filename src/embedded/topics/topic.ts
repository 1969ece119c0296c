import type { JsonObject } from '../../base/json.ts';
import type { ModelChange, ProjectModel, WwiseObject } from '../model/model.ts';

/** Something that happened in the open project. */
export type ProjectEvent =
  | { readonly kind: 'changed'; readonly change: ModelChange; readonly batch: readonly ModelChange[] }
  | { readonly kind: 'saved'; readonly savedFiles: readonly string[] };

/** What a subscriber asked for; its options fit the topic's documented schema. */
export interface Subscriber {
  readonly options: JsonObject;
  /** GUID of the watched object, for topics that watch one. */
  readonly watchedId: string | undefined;
  /** Return expressions: `id` and `name` unless the options say otherwise. */
  readonly wanted: readonly string[];
  /** The members of a living object the subscriber wants. */
  row(object: WwiseObject): JsonObject;
}

/** One WAAPI topic. */
export interface Topic {
  readonly uri: string;
  /** The payload for this subscriber, or undefined when the event is none of its business. */
  payload(event: ProjectEvent, subscriber: Subscriber, model: ProjectModel): JsonObject | undefined;
}
