/** An answer that goes on: server-sent events to one client. */
export interface EventStream {
  readonly response: Response;
  send(chunk: string): void;
  end(): void;
  /** Resolves when nothing more can be sent: ended, or the client has gone. */
  readonly ended: Promise<void>;
}

/**
 * A stream that says something every 15 s, so that whatever lies between keeps it open, and that is cut off when the client
 * leaves more than a megabyte unread: it then comes back with the id of the last event it has.
 */
export function openEventStream(signal: AbortSignal): EventStream {
  const encoder = new TextEncoder();
  let sink: ReadableStreamDefaultController<Uint8Array> | undefined;
  let resolveEnded = (): void => {};
  const ended = new Promise<void>((resolve) => {
    resolveEnded = resolve;
  });
  const beat = setInterval(() => send(': \n\n'), beatMs);
  beat.unref();
  const finish = (close: (open: ReadableStreamDefaultController<Uint8Array>) => void): void => {
    const open = sink;
    sink = undefined;
    clearInterval(beat);
    signal.removeEventListener('abort', end);
    if (open !== undefined) close(open);
    resolveEnded();
  };
  const send = (chunk: string): void => {
    if (sink === undefined) return;
    if ((sink.desiredSize ?? 0) >= 0) sink.enqueue(encoder.encode(chunk));
    else finish((open) => open.error(new Error('The client reads too slowly.')));
  };
  const end = (): void => finish((open) => open.close());
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        sink = controller;
      },
      cancel: () => finish(() => {}),
    },
    { highWaterMark: mostUnreadBytes, size: (chunk) => chunk.byteLength },
  );
  signal.addEventListener('abort', end, { once: true });
  // Says at once that there is a stream, however long the first event takes.
  send('retry: 2000\n\n');
  const headers = { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' };
  return { response: new Response(body, { headers }), send, end, ended };
}

const beatMs = 15_000;
const mostUnreadBytes = 1024 * 1024;
