import type { RunEvent } from '../../../src/workflow/service.ts';
import { apiAddress, headersOf } from './ask.ts';

export interface FeedListener {
  onEvents(events: readonly RunEvent[]): void;
  /** The run has ended, or its events are with another process. */
  onEnd(): void;
}

/**
 * Follows the events of a run; what comes between two frames is handed over at once. It comes back by itself, behind the last
 * event it has, when the connection breaks. Gives how to end it.
 */
export function followEvents(executionId: string, listener: FeedListener): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  let lastId = '';
  let waiting: RunEvent[] = [];
  let frame: number | undefined;
  const flush = (): void => {
    frame = undefined;
    const events = waiting;
    waiting = [];
    if (events.length > 0 && !signal.aborted) listener.onEvents(events);
  };
  const take = (event: RunEvent): void => {
    waiting.push(event);
    frame ??= requestAnimationFrame(flush);
  };

  const read = async (): Promise<'ended' | 'broken'> => {
    const response = await fetch(apiAddress(`/executions/${encodeURIComponent(executionId)}/events`), {
      headers: { ...headersOf(), ...(lastId === '' ? {} : { 'last-event-id': lastId }) },
      signal,
    });
    if (!response.ok || response.status === 204 || response.body === null) return 'ended';
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return 'ended';
      text += value;
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const { id, data } = fieldsOf(block);
        if (id !== '') lastId = id;
        if (data !== '') take(JSON.parse(data));
      }
    }
  };

  const follow = async (): Promise<void> => {
    while (!signal.aborted) {
      const how = await read().catch(() => 'broken' as const);
      if (how === 'ended') {
        if (frame !== undefined) cancelAnimationFrame(frame);
        flush();
        if (!signal.aborted) listener.onEnd();
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
  };
  void follow();
  return () => {
    ending.abort();
    if (frame !== undefined) cancelAnimationFrame(frame);
  };
}

function fieldsOf(block: string): { readonly id: string; readonly data: string } {
  const lines = block.split('\n');
  const field = (name: string): string =>
    lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2) ?? '';
  return { id: field('id'), data: field('data') };
}
