import { Agent, request } from 'node:http';
import { asJsonObject, asString, isJsonObject, type JsonObject } from '../../core/json.ts';
import { shownAddress } from '../../core/secrets/without-credentials.ts';
import { type WaapiBackend, WaapiError, WaapiLinkError } from './backend.ts';

/**
 * WAAPI over HTTP POST (`http://127.0.0.1:8090/waapi`), for places where a WebSocket cannot go. Subscriptions are refused:
 * WAAPI has none over HTTP. Nothing is sent before the first call, so a wrong address shows only then.
 */
export async function connectHttp(url: string): Promise<WaapiBackend> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let isClosed = false;
  return {
    address: shownAddress(url),
    async call(uri, args, options) {
      if (isClosed) throw new WaapiLinkError(`The link to ${shownAddress(url)} is closed.`, false);
      const { status, type, text } = await post(url, agent, JSON.stringify({ uri, options, args }));
      const body = parseBody(text);
      if (status === 200 && body !== undefined) return body;
      // Wwise answers errors as JSON with `uri`; anything else came from something that is not WAAPI.
      const errorUri = asString(body?.uri);
      if (errorUri === undefined) {
        throw new WaapiLinkError(
          `${shownAddress(url)} answered HTTP ${status} (${type}): ${text.slice(0, 200)}`,
          true,
        );
      }
      throw new WaapiError(
        errorUri,
        asString(body?.message) ?? `HTTP ${status}`,
        asJsonObject(body?.details),
      );
    },
    async subscribe(topic) {
      throw new WaapiError('ak.wwise.unavailable', 'Subscriptions need the WebSocket: use --wwise ws://...', {
        topicUri: topic,
      });
    },
    async close() {
      isClosed = true;
      agent.destroy();
    },
  };
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

/** No time limit of its own: generating SoundBanks may take an hour, and the connection above knows the limits. */
function post(url: string, agent: Agent, body: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let isConnected = false;
    const lost = (cause: Error) =>
      reject(
        new WaapiLinkError(
          `No WAAPI at ${shownAddress(url)}: ${cause.message || cause.name}`,
          isConnected,
          cause,
        ),
      );
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const outgoing = request(url, { method: 'POST', agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', lost);
      response.on('aborted', () => lost(new Error('the answer was cut off')));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          type: response.headers['content-type'] ?? 'no content type',
          text: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    outgoing.on('socket', (socket) => {
      isConnected = !socket.connecting;
      socket.once('connect', () => {
        isConnected = true;
      });
    });
    outgoing.on('error', lost);
    outgoing.end(body);
  });
}

function parseBody(text: string): JsonObject | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return isJsonObject(body) ? body : undefined;
  } catch {
    return undefined;
  }
}
