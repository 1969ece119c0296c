import { toWwiseFlowError } from '../../core/errors.ts';
import type { Json } from '../../core/json.ts';
import { onlyReads } from '../connection/reading-functions.ts';
import type { Waapi } from '../connection/waapi.ts';
import { withCall } from '../connection/with-call.ts';
import { type OwnCall, type SeenEvent, whoseEvents } from './whose-events.ts';

/**
 * Notices what others do to the project while an undo group of ours is open: Wwise has one undo stack for all its clients and
 * the person at its window, so that an undo may take their work. Seen is what Wwise publishes of every object; values of
 * properties it publishes only of one property of one object, so nobody sees those.
 */
export interface OthersAtWork {
  /** Begins to look. The subscriptions are made once and stay. Never rejects: where Wwise takes none, nothing can be known. */
  watch(): Promise<Lookout>;
}

export interface Lookout {
  /** Why an undo might take what others did since, as a sentence; null when nobody else was seen. One call. Never rejects. */
  others(): Promise<string | null>;
  end(): void;
}

/** `waapi`: the connection over which our own calls have to go, so that they are distinguished from those of others. */
export function watchOthers(connection: Waapi): { readonly waapi: Waapi; readonly others: OthersAtWork } {
  const lookouts = new Set<object>();
  let calls: OwnCall[] = [];
  let events: SeenEvent[] = [];
  let isListening = false;
  let triesLeft = 3;
  let subscribing: Promise<void> | undefined;

  const subscribe = async (): Promise<void> => {
    triesLeft -= 1;
    try {
      for (const [topic, members] of [...topics, ...topicsOfTheWindow]) {
        try {
          await connection.subscribe(
            topic,
            members.length === 0 ? {} : { return: [...members] },
            (payload) => {
              if (lookouts.size > 0 && events.length <= mostEvents) events.push({ topic, payload });
            },
          );
        } catch (thrown) {
          // Without a window Wwise has no topics of it.
          if (!isOfTheWindow(topic) || toWwiseFlowError(thrown).code === 'WAAPI_UNAVAILABLE') throw thrown;
        }
      }
      isListening = true;
    } catch {
      isListening = false;
    } finally {
      subscribing = undefined;
    }
  };

  const waapi = withCall(connection, async (uri, args, options, control) => {
    if (lookouts.size === 0 || onlyReads(uri)) return connection.call(uri, args, options, control);
    const call: { uri: string; args: Json; answer: Json } = { uri, args: args ?? {}, answer: {} };
    if (calls.length <= mostCalls) calls.push(call);
    const answer = await connection.call(uri, args, options, control);
    call.answer = answer;
    return answer;
  });

  return {
    waapi,
    others: {
      watch: async () => {
        if (!isListening && (triesLeft > 0 || subscribing !== undefined)) {
          subscribing ??= subscribe();
          await subscribing;
        }
        const lookout = {};
        lookouts.add(lookout);
        const link = connection.linkCount;
        const [firstCall, firstEvent] = [calls.length, events.length];
        return {
          others: async () => {
            if (!isListening) return 'Wwise does not say what others do.';
            try {
              // What Wwise published before it answers this has arrived then.
              await connection.call('ak.wwise.core.getInfo');
            } catch (thrown) {
              return toWwiseFlowError(thrown).message;
            }
            if (connection.linkCount !== link) return 'The link to Wwise broke meanwhile.';
            if (calls.length > mostCalls || events.length > mostEvents)
              return 'More happened than can be distinguished.';
            return whoseEvents(events.slice(firstEvent), calls.slice(firstCall));
          },
          end: () => {
            lookouts.delete(lookout);
            if (lookouts.size > 0) return;
            calls = [];
            events = [];
          },
        };
      },
    },
  };
}

const mostCalls = 20_000;
const mostEvents = 500_000;

const whole = ['id', 'path', 'type', 'parent', 'owner'];

/** What Wwise publishes of every object, with the members it is asked for. */
const topics: readonly (readonly [topic: string, members: readonly string[]])[] = [
  ['ak.wwise.core.object.created', whole],
  ['ak.wwise.core.object.postDeleted', ['id', 'path']],
  ['ak.wwise.core.object.childAdded', ['id']],
  ['ak.wwise.core.object.childRemoved', ['id']],
  ['ak.wwise.core.object.nameChanged', ['id', 'path']],
  ['ak.wwise.core.object.notesChanged', ['id', 'path']],
  ['ak.wwise.core.object.referenceChanged', ['id', 'path']],
  ['ak.wwise.core.object.curveChanged', ['id']],
  ['ak.wwise.core.object.attenuationCurveChanged', ['id', 'path']],
  ['ak.wwise.core.switchContainer.assignmentAdded', ['id', 'path']],
  ['ak.wwise.core.switchContainer.assignmentRemoved', ['id', 'path']],
  ['ak.wwise.core.project.loaded', []],
  ['ak.wwise.core.project.preClosed', []],
];

/** Somebody is at the window of Wwise. */
const topicsOfTheWindow: typeof topics = [
  ['ak.wwise.ui.selectionChanged', ['id']],
  ['ak.wwise.ui.commands.executed', ['id']],
];

function isOfTheWindow(topic: string): boolean {
  return topic.startsWith('ak.wwise.ui.');
}
