import { randomBytes } from 'node:crypto';
import { WwiseFlowError } from '../../../core/errors.ts';
import { failure } from '../../../core/result.ts';
import type { RunEvent } from '../../../workflow/service.ts';
import { httpAnswer } from '../answers/http-answer.ts';
import type { Room } from '../http-parts.ts';
import { type EventStream, openEventStream } from './event-stream.ts';

export interface FeedRequest {
  readonly room: Room;
  readonly workspace: string;
  readonly signal: AbortSignal;
  /** As the client was last sent one; null for a new client. */
  readonly lastEventId: string | null;
}

/** The events of runs, each run listened to once however many clients there are. */
export interface RunFeeds {
  /**
   * A stream of the events of a run from its beginning, or from behind the last one the client has; it ends with the run. A
   * client that comes back after a feed was forgotten is sent everything again.
   */
  stream(executionId: string, request: FeedRequest): Promise<Response>;
  /** Ends every stream. */
  close(): void;
}

/** `mostStreams`: clients at once. */
export function createRunFeeds(mostStreams: number): RunFeeds {
  const feeds = new Map<string, Promise<Feed | Response>>();
  const streams = new Set<EventStream>();

  const feedOf = async (executionId: string, { room, workspace }: FeedRequest): Promise<Feed | Response> => {
    const key = `${workspace}/${executionId}`;
    const known = feeds.get(key);
    const present = await known;
    if (
      present !== undefined &&
      !(present instanceof Response) &&
      !(await isStale(present, room, executionId))
    )
      return present;
    if (known === feeds.get(key)) feeds.set(key, openFeed(executionId, room));
    const opened = await feeds.get(key);
    if (opened === undefined || opened instanceof Response) feeds.delete(key);
    for (const [other] of feeds) if (feeds.size > mostFeeds) feeds.delete(other);
    return opened ?? openFeed(executionId, room);
  };

  return {
    async stream(executionId, request) {
      if (streams.size >= mostStreams) return httpAnswer(failure(tooManyStreams(mostStreams)));
      const feed = await feedOf(executionId, request);
      if (feed instanceof Response) return feed;
      const from = positionOf(request.lastEventId, feed);
      // Says to a browser that there is nothing to come back for.
      if (feed.isOver && from === feed.chunks.length) return new Response(null, { status: 204 });
      const stream = openEventStream(request.signal);
      streams.add(stream);
      stream.ended.then(() => streams.delete(stream));
      for (const chunk of feed.chunks.slice(from)) stream.send(chunk);
      if (feed.isOver) stream.end();
      else {
        feed.listeners.add(stream);
        stream.ended.then(() => feed.listeners.delete(stream));
      }
      return stream.response;
    },
    close() {
      for (const stream of streams) stream.end();
      feeds.clear();
    },
  };
}

interface Feed {
  /** Distinguishes the events of this feed from those of an earlier one of the same run. */
  readonly mark: string;
  readonly chunks: string[];
  readonly listeners: Set<EventStream>;
  isOver: boolean;
}

/** So many runs are remembered, the latest asked for. */
const mostFeeds = 200;

async function openFeed(executionId: string, room: Room): Promise<Feed | Response> {
  const feed: Feed = {
    mark: randomBytes(4).toString('hex'),
    chunks: [],
    listeners: new Set(),
    isOver: false,
  };
  const service = await room.openService();
  const subscribed = await service.events(executionId, (event) => {
    const chunk = chunkOf(event, `${feed.mark}-${feed.chunks.length}`);
    feed.chunks.push(chunk);
    for (const listener of feed.listeners) listener.send(chunk);
  });
  if (!subscribed.ok) return httpAnswer(subscribed);
  subscribed.data.ended.then(() => {
    feed.isOver = true;
    for (const listener of feed.listeners) listener.end();
    feed.listeners.clear();
  });
  // What is over already is so before anybody is sent it.
  await Promise.race([subscribed.data.ended, Promise.resolve()]);
  return feed;
}

/** A run that had ended, or that another process executed, may have gone on since. */
async function isStale(feed: Feed, room: Room, executionId: string): Promise<boolean> {
  if (!feed.isOver) return false;
  const status = await (await room.openService()).status(executionId);
  return !status.ok || status.data.state === 'running' || status.data.state === 'suspended';
}

function chunkOf(event: RunEvent, id: string): string {
  return `id: ${id}\nevent: ${event.event}\ndata: ${JSON.stringify(event)}\n\n`;
}

/** Behind the event the client has, when it is one of this feed. */
function positionOf(lastEventId: string | null, feed: Feed): number {
  const [mark, digits = ''] = (lastEventId ?? '').split('-');
  return mark === feed.mark && /^\d{1,9}$/.test(digits) ? Number(digits) + 1 : 0;
}

function tooManyStreams(most: number): WwiseFlowError {
  return new WwiseFlowError('RATE_LIMITED', `${most} streams of events are open already.`, {
    hint: 'Close one, or ask for the state of the run instead.',
    details: { retryAfterMs: 5_000 },
  });
}
