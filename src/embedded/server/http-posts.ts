import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { asJsonObject, asString, isJsonObject, type JsonObject } from '../../core/json.ts';
import { jsonSize } from '../../core/json-bounds.ts';
import type { Log } from '../../core/log.ts';
import { inTurns } from '../../core/turns/turns.ts';
import { CallAbandoned, WaapiError } from '../../wwise/connection/backend.ts';
import { type AdmissionRules, admissionRefusal, isAtWaapi } from './admission.ts';
import type { SessionHost } from './session-host.ts';
import { messageBounds } from './wamp-messages.ts';

export interface HttpRules extends AdmissionRules {
  readonly maxClients: number;
  /** Called with the connection of each request that is a client's. */
  readonly onAccepted?: ((socket: Duplex) => void) | undefined;
  readonly log: Log;
}

/**
 * Answers `POST /waapi { uri, options, args }`: 200 with the bare result, 500 with `{ uri, message, details }`,
 * anything else in plain text. All requests share one session, so that an undo group may span several.
 */
export function answerHttpPosts(server: Server, engine: SessionHost, rules: HttpRules): { close(): void } {
  const session = engine.openSession();
  // Whoever has sent the head of a request is a client; a connection that says nothing takes nobody's place.
  const clients = new Map<Socket, { unanswered: number }>();
  server.on('request', (request, response) => {
    const refused = admissionRefusal(request, rules);
    if (refused !== undefined) return sendText(response, 403, refused);
    const { socket } = request;
    const client = clients.get(socket) ?? { unanswered: 0 };
    if (!clients.has(socket)) {
      if (clients.size >= rules.maxClients) {
        response.setHeader('connection', 'close');
        return sendText(response, 503, `${rules.maxClients} clients are connected already.`);
      }
      clients.set(socket, client);
      socket.once('close', () => clients.delete(socket));
    }
    rules.onAccepted?.(socket);
    client.unanswered += 1;
    response.once('close', () => {
      client.unanswered -= 1;
    });
    if (client.unanswered > mostUnanswered) {
      rules.log.warn({ unanswered: client.unanswered }, 'an HTTP client does not wait for answers');
      return void socket.destroy();
    }
    answer(request, response, session.call).catch((error: unknown) => {
      rules.log.warn({ error }, 'an HTTP request failed');
      if (response.headersSent) response.destroy();
      else sendText(response, 400, error instanceof Error ? error.message : String(error));
    });
  });
  return { close: () => session.close() };
}

/** Of one connection. Clients send the next request when they have the answer; whoever sends on without end fills the memory. */
const mostUnanswered = 100;

type Call = (uri: string, args: JsonObject, options: JsonObject, signal: AbortSignal) => Promise<JsonObject>;

async function answer(request: IncomingMessage, response: ServerResponse, call: Call): Promise<void> {
  allowOrigin(request, response);
  if (!isAtWaapi(request.url)) return sendText(response, 404, 'WAAPI is at /waapi.');
  if (request.method === 'OPTIONS') return void response.writeHead(204, { allow: 'POST, OPTIONS' }).end();
  if (request.method !== 'POST') {
    response.setHeader('allow', 'POST, OPTIONS');
    return sendText(response, 405, 'WAAPI takes POST.');
  }
  const bytes = await readBody(request);
  if (bytes === undefined) return sendText(response, 413, 'The request is too large.');
  const { excess } = await inTurns(jsonSize(bytes, messageBounds));
  if (excess !== null) return sendText(response, 413, `The request ${excess}.`);
  const body = parseBody(bytes.toString('utf8'));
  const uri = asString(body?.uri);
  if (body === undefined || uri === undefined) {
    return sendText(
      response,
      400,
      'The body must be JSON: { "uri": "...", "args": {...}, "options": {...} }.',
    );
  }
  const hungUp = new AbortController();
  response.once('close', () => hungUp.abort());
  try {
    sendJson(
      response,
      200,
      await call(uri, asJsonObject(body.args), asJsonObject(body.options), hungUp.signal),
    );
  } catch (error) {
    if (error instanceof CallAbandoned) return void response.destroy();
    if (!(error instanceof WaapiError)) throw error;
    sendJson(response, 500, { uri: error.uri, message: error.message, details: error.details });
  }
}

/** Only reached by origins that were let in: says so to the browser. */
function allowOrigin(request: IncomingMessage, response: ServerResponse): void {
  const { origin } = request.headers;
  if (origin === undefined) return;
  response.setHeader('access-control-allow-origin', origin);
  response.setHeader('access-control-allow-methods', 'POST, OPTIONS');
  response.setHeader('access-control-allow-headers', 'content-type');
  response.setHeader('vary', 'origin');
}

const maxBodyBytes = 512 * 1024 * 1024 - 64;

async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > maxBodyBytes) return undefined;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

/** `args` and `options` may be left out or null, but what is there must be an object. */
function parseBody(text: string): JsonObject | undefined {
  try {
    const body = asJsonObject(JSON.parse(text));
    return [body.args, body.options].every(isAbsentOrObject) ? body : undefined;
  } catch {
    return undefined;
  }
}

function isAbsentOrObject(value: unknown): boolean {
  return value == null || isJsonObject(value);
}

/**
 * The media type alone: the samples that come with Wwise compare the whole header with it, and read an error as
 * bytes when it says more. Other clients take what names no charset for Latin-1 (Windows PowerShell does), so every
 * letter beyond ASCII is escaped.
 */
function sendJson(response: ServerResponse, status: number, body: JsonObject): void {
  const text = JSON.stringify(body).replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  response.writeHead(status, { 'content-type': 'application/json' }).end(text);
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
}
