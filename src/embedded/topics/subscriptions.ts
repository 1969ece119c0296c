import { asJsonArray, asJsonObject, asString, type JsonObject } from '../../core/json.ts';
import type { Log } from '../../core/log.ts';
import { visitInTurns } from '../../core/turns/turns.ts';
import type { ProjectModel } from '../model/model.ts';
import { resolveObject } from '../model/naming/resolve-object.ts';
import { checkTopicOptions } from '../protocol/check-arguments.ts';
import { waapiErrors } from '../protocol/waapi-errors.ts';
import { rowReader } from '../waql/return-row.ts';
import type { InstanceEvent, InstanceTopic, ProjectEvent, Subscriber, Topic } from './topic.ts';

/** Who listens to what, and what they are still to be sent. */
export interface Subscriptions {
  readonly topicUris: readonly string[];
  /** Throws WaapiError when the topic is not offered or the options do not fit. Returns what unsubscribes. */
  add(
    model: ProjectModel | null,
    sessionId: number,
    uri: string,
    options: JsonObject,
    onEvent: OnEvent,
  ): () => void;
  removeSession(sessionId: number): void;
  /** When a project closes: what was subscribed to about it ends, silently. */
  revokeProject(): void;
  /** The project was read anew: what was subscribed to about it goes on, about what is there now. */
  rebind(model: ProjectModel): void;
  /** Takes down now what every subscriber is sent about the event: later edits must not show in it. */
  publish(model: ProjectModel, event: ProjectEvent): void;
  /** The same for what concerns the instance. */
  announce(event: InstanceEvent): void;
  readonly hasNews: boolean;
  /** Sends everything that was published so far, in order; resolves when it has been sent. Gives others their turn in between. */
  deliver(): Promise<void>;
}

type OnEvent = (payload: JsonObject) => void;

interface Listener {
  readonly sessionId: number;
  readonly onEvent: OnEvent;
}

interface ProjectSubscription extends Listener, Omit<Subscriber, 'row'> {
  readonly topic: Topic;
  row: Subscriber['row'];
}

interface InstanceSubscription extends Listener {
  readonly topic: InstanceTopic;
  readonly options: JsonObject;
}

type Subscription = ProjectSubscription | InstanceSubscription;

interface News {
  readonly subscription: Subscription;
  readonly payload: JsonObject;
}

export function createSubscriptions(topics: readonly (Topic | InstanceTopic)[], log: Log): Subscriptions {
  const offered = new Map(topics.map((topic) => [topic.uri, topic]));
  const subscriptions = new Set<Subscription>();
  let news: News[] = [];
  let delivering = Promise.resolve();

  function keep(subscription: Subscription): () => void {
    subscriptions.add(subscription);
    return () => {
      subscriptions.delete(subscription);
    };
  }

  return {
    topicUris: [...offered.keys()],
    add(model, sessionId, uri, options, onEvent) {
      const topic = offered.get(uri);
      if (topic === undefined) throw waapiErrors.unknownTopic(uri);
      if (isInstanceTopic(topic)) {
        if (model === null && !topic.survivesClose) throw waapiErrors.noProject(uri);
        checkTopicOptions(uri, options);
        return keep({ topic, sessionId, options, onEvent });
      }
      if (model === null) throw waapiErrors.noProject(uri);
      checkTopicOptions(uri, options);
      const watched = asString(options.object);
      const watchedId = watched === undefined ? undefined : resolveObject(model, watched).id;
      const wanted = options.return === undefined ? ['id', 'name'] : asJsonArray(options.return).map(String);
      // Compiled here: an expression that does not parse is the subscriber's mistake, not every later edit's.
      const row = rowOver(model, wanted, options);
      return keep({ topic, sessionId, options, watchedId, wanted, row, onEvent });
    },
    removeSession(sessionId) {
      for (const subscription of subscriptions) {
        if (subscription.sessionId === sessionId) subscriptions.delete(subscription);
      }
    },
    revokeProject() {
      for (const subscription of subscriptions) {
        if (!isInstance(subscription) || !subscription.topic.survivesClose)
          subscriptions.delete(subscription);
      }
    },
    rebind(model) {
      for (const subscription of [...subscriptions]) {
        if (isInstance(subscription)) continue;
        try {
          subscription.row = rowOver(model, subscription.wanted, subscription.options);
        } catch (error) {
          // It names a platform or property that the project no longer has.
          log.warn({ topic: subscription.topic.uri, error }, 'a subscription ended with a reload');
          subscriptions.delete(subscription);
        }
      }
    },
    publish(model, event) {
      for (const subscription of subscriptions) {
        if (isInstance(subscription)) continue;
        const payload = notify(subscription, event, model, log);
        if (payload !== undefined) news.push({ subscription, payload });
      }
    },
    announce(event) {
      for (const subscription of subscriptions) {
        if (!isInstance(subscription)) continue;
        const payload = subscription.topic.payload(event, subscription.options);
        if (payload !== undefined) news.push({ subscription, payload });
      }
    },
    get hasNews() {
      return news.length > 0;
    },
    deliver() {
      const notified = news;
      news = [];
      delivering = delivering.then(() => visitInTurns(notified, send));
      return delivering;
    },
  };

  function send({ subscription, payload }: News): void {
    if (!subscriptions.has(subscription)) return;
    try {
      subscription.onEvent(payload);
    } catch (error) {
      log.error({ topic: subscription.topic.uri, error }, 'a subscriber failed');
    }
  }
}

function rowOver(model: ProjectModel, wanted: readonly string[], options: JsonObject): Subscriber['row'] {
  const platform = asString(options.platform);
  return rowReader(model, wanted, platform === undefined ? {} : { platform }, 'omit');
}

function isInstanceTopic(topic: Topic | InstanceTopic): topic is InstanceTopic {
  return 'survivesClose' in topic;
}

function isInstance(subscription: Subscription): subscription is InstanceSubscription {
  return isInstanceTopic(subscription.topic);
}

/** A row that cannot be made must not undo the edit it is about. */
function notify(
  subscription: ProjectSubscription,
  event: ProjectEvent,
  model: ProjectModel,
  log: Log,
): JsonObject | undefined {
  try {
    const payload = subscription.topic.payload(event, subscription, model);
    return payload === undefined ? undefined : asJsonObject(JSON.parse(JSON.stringify(payload)));
  } catch (error) {
    log.warn({ topic: subscription.topic.uri, error }, 'an event was not published');
    return undefined;
  }
}
