import type { JsonObject } from '../../core/json.ts';
import type { ModelChange, ProjectModel, WwiseObject } from '../model/model.ts';

/** Something that happened in the open project. */
export type ProjectEvent =
  | { readonly kind: 'changed'; readonly change: ModelChange; readonly batch: readonly ModelChange[] }
  | { readonly kind: 'saved'; readonly savedFiles: readonly string[] }
  /** The undo stack changed: a step was made, undone or redone. */
  | { readonly kind: 'stepped'; readonly summary: string; readonly changes: readonly ModelChange[] }
  | {
      readonly kind: 'imported';
      readonly operation: string;
      readonly objects: readonly WwiseObject[];
      readonly files: readonly string[];
    }
  | { readonly kind: 'selected'; readonly objects: readonly WwiseObject[] }
  | {
      readonly kind: 'commanded';
      readonly command: string;
      readonly objects: readonly WwiseObject[];
      /** By name. */
      readonly platforms: readonly string[];
    };

/** Something that happened in this instance, whether or not a project is open. */
export type InstanceEvent =
  | { readonly kind: 'loaded' | 'preClosed' | 'postClosed' }
  | { readonly kind: 'logged'; readonly channel: string; readonly item: JsonObject }
  | {
      readonly kind: 'transportChanged';
      readonly transport: number;
      readonly state: string;
      readonly object: string;
      readonly gameObject: number | undefined;
    };

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

/** One WAAPI topic about the instance: it can be subscribed to while no project is open, unless it ends with the project. */
export interface InstanceTopic {
  readonly uri: string;
  /** True: the subscription outlives the project. */
  readonly survivesClose: boolean;
  payload(event: InstanceEvent, options: JsonObject): JsonObject | undefined;
}
