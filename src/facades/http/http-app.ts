import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import type { AccessScope } from '../../core/access/token.ts';
import { toWwiseFlowError, WwiseFlowError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import { success } from '../../core/result.ts';
import { DEFAULT_WORKSPACE } from '../../core/stores/stores.ts';
import { inSpan } from '../../core/tracing.ts';
import { type Caller, isInScope } from './access/caller.ts';
import { httpAnswer, refusal } from './answers/http-answer.ts';
import { withNextPage } from './answers/next-page.ts';
import { checkLetIn } from './guards/let-in.ts';
import { parseForm } from './guards/parse-form.ts';
import { parseJsonBody } from './guards/parse-json.ts';
import { createRateLimit, type Rate } from './guards/rate-limit.ts';
import { createBodyRoom } from './guards/read-body.ts';
import { securityHeaders } from './guards/security-headers.ts';
import { createHookDelivery } from './hooks/deliver-hook.ts';
import type { HttpParts, Room } from './http-parts.ts';
import { openApiDocument } from './openapi/openapi-document.ts';
import { referencePage } from './openapi/reference-page.ts';
import { decoded } from './rest/match-path.ts';
import type { RestCall, RestRoute } from './rest/rest-route.ts';
import { createAssetLinks } from './rest/routes/asset-links.ts';
import { assetContent } from './rest/routes/asset-routes.ts';
import { type RouteTable, routeTable } from './rest/routes.ts';
import { createRunFeeds } from './rest/run-feeds.ts';

/** The server as a function from request to answer. It rejects nothing: whatever goes wrong is an answer. */
export interface HttpApp {
  fetch(request: Request, env: HttpBindings): Promise<Response>;
  /** Ends the streams, and what only reads. */
  close(): void;
}

export interface AppLimits {
  readonly bodyBytes: number;
  readonly uploadBytes: number;
  /** Of what is delivered to a webhook. */
  readonly deliveryBytes: number;
  readonly heldBytes: number;
  readonly streams: number;
  readonly rate: Rate;
  /** Of requests whose token is none. */
  readonly failures: Rate;
  /** Of one webhook. */
  readonly deliveries: Rate;
}

const usualAppLimits: AppLimits = {
  bodyBytes: 8 * 1024 * 1024,
  uploadBytes: 64 * 1024 * 1024,
  deliveryBytes: 1024 * 1024,
  heldBytes: 256 * 1024 * 1024,
  streams: 1_500,
  rate: { perSecond: 1_000, burst: 2_000 },
  failures: { perSecond: 0.5, burst: 20 },
  deliveries: { perSecond: 2, burst: 60 },
};

interface Env {
  Bindings: HttpBindings;
  Variables: { caller: Caller; isPage?: true };
}

/** Every request passes, in this order: Host and Origin, rate, token, scope, body; then its route. */
export function createHttpApp(parts: HttpParts, given: Partial<AppLimits> = {}): HttpApp {
  const limits = { ...usualAppLimits, ...given };
  const { log } = parts;
  const rate = createRateLimit(limits.rate, Date.now);
  const failures = createRateLimit(limits.failures, Date.now);
  const bodies = createBodyRoom(limits.heldBytes);
  const feeds = createRunFeeds(limits.streams);
  const links = createAssetLinks();
  const deliver = createHookDelivery(parts, createRateLimit(limits.deliveries, Date.now));
  const underWay = new Set<AbortController>();
  let isClosed = false;

  let loading: Promise<RouteTable> | undefined;
  const table = (): Promise<RouteTable> => {
    loading ??= parts.loadOperations().then((list) => routeTable(list, parts, { feeds, links, deliver }));
    return loading;
  };

  const callerOf = async (request: Request, address: string): Promise<Caller> => {
    if (parts.callerOf === null) return { ...everybody, key: address };
    const token = /^Bearer ([\w.~+/=-]{1,500})$/.exec(request.headers.get('authorization') ?? '')?.[1];
    const caller = token === undefined ? undefined : await parts.callerOf(token);
    if (caller !== undefined) return caller;
    failures.take(address);
    throw notAuthenticated(token !== undefined);
  };

  const bodyOf = async (request: Request, { body, isForm, isRaw }: RestRoute): Promise<unknown> => {
    if (body === null || isRaw === true) return undefined;
    const type = request.headers.get('content-type');
    const content = await bodies.read(request, isForm === true ? limits.uploadBytes : limits.bodyBytes);
    return isForm === true ? parseForm(content, type) : parseJsonBody(content, type);
  };

  const run = async (
    context: Context<Env>,
    route: RestRoute,
    params: RestCall['params'],
  ): Promise<Response> => {
    const { raw } = context.req;
    const caller = context.get('caller');
    checkScope(caller, route.scope);
    const body = await bodyOf(raw, route);
    const facts = { 'http.request.method': raw.method, 'http.route': route.path };
    // Not AbortSignal.any: a signal that lives as long as the server would remember each request for good. And not the signal of
    // the request: who listens to that one and knows the request keeps both for good.
    const ending = new AbortController();
    const { outgoing } = context.env;
    outgoing.once('close', () => {
      if (!outgoing.writableFinished) ending.abort();
    });
    if (isClosed || outgoing.closed) ending.abort();
    underWay.add(ending);
    const asked: RestCall = {
      params,
      query: new URL(raw.url).searchParams,
      headers: raw.headers,
      body,
      read: () => bodies.read(raw, limits.deliveryBytes),
      room: parts.openRoom(caller.workspace),
      caller,
      signal: ending.signal,
      log,
    };
    const traceparent = raw.headers.get('traceparent') ?? undefined;
    const answered = await inSpan(`${raw.method} ${route.path}`, facts, () => route.run(asked), {
      kind: 'server',
      traceparent,
    }).finally(() => underWay.delete(ending));
    if (answered instanceof Response) return answered;
    return httpAnswer(answered.result, withNextPage(answered, new URL(raw.url)));
  };

  const app = new Hono<Env>();
  app.use(async (context, next) => {
    const began = performance.now();
    await next();
    parts.metrics.onRequest(
      context.req.method,
      context.res.status,
      performance.now() - began,
      waits(context.req.raw),
    );
    for (const [name, value] of securityHeaders) {
      // Files of the page have a policy and a life of their own.
      if (context.get('isPage') !== true || !ofPage.has(name)) context.res.headers.set(name, value);
    }
  });
  app.use(async (context, next) => {
    checkLetIn(context.req.raw.headers, parts);
    return next();
  });
  app.on('GET', ['/', '/page/:file'], async (context, next) => {
    const file = parts.page?.answer(new URL(context.req.raw.url).pathname);
    if (file === undefined) return next();
    // Whoever comes gets the page, which then asks for a token where one is needed.
    rate.take(context.env.incoming.socket.remoteAddress ?? '');
    context.set('isPage', true);
    return file;
  });
  app.on('GET', both('/health'), async ({ req: { raw }, env }) => {
    const { version } = parts;
    // Who says nothing of himself learns that the server is there.
    if (parts.callerOf !== null && raw.headers.get('authorization') === null)
      return httpAnswer(success({ status: 'ok', version }));
    const caller = await callerOf(raw, env.incoming.socket.remoteAddress ?? '');
    return httpAnswer(success({ version, ...(await healthOf(parts.openRoom(caller.workspace))) }));
  });
  app.on('GET', both('/ready'), async () => {
    const described = await parts.describeProject();
    return described.ok ? httpAnswer(success({ status: 'ready' })) : httpAnswer(described);
  });
  app.use(async (context, next) => {
    const { raw } = context.req;
    const address = context.env.incoming.socket.remoteAddress ?? '';
    const url = new URL(raw.url);
    const asset = assetIdOf(url.pathname);
    const workspace =
      asset === undefined ? undefined : links.workspaceOf(asset, url.searchParams, Date.now());
    if (asset !== undefined && workspace !== undefined && raw.method === 'GET') {
      rate.take(address);
      const artifacts = await parts.openRoom(workspace).openArtifacts();
      return assetContent(artifacts, asset, raw.headers.get('range'));
    }
    if (raw.method === 'POST' && isDelivery(url.pathname)) {
      rate.take(address);
      context.set('caller', { ...deliverer, key: address });
      await next();
      if (context.res.status === 404) failures.take(address);
      return undefined;
    }
    const caller = await callerOf(raw, address);
    rate.take(caller.key);
    context.set('caller', caller);
    return next();
  });
  app.on(['GET', 'POST', 'DELETE'], both('/mcp'), async (context) => {
    const { raw } = context.req;
    checkScope(context.get('caller'), 'read');
    const body = raw.method === 'POST' ? await bodies.read(raw, limits.bodyBytes) : undefined;
    return parts.answerMcp(raw, context.get('caller'), body);
  });
  app.on('GET', both('/metrics'), async () => {
    const { contentType, body } = await parts.metrics.text();
    return new Response(body, { headers: { 'content-type': contentType } });
  });
  let description: string | undefined;
  app.on('GET', both('/openapi.json'), async () => {
    const { routes } = await table();
    description ??= JSON.stringify(openApiDocument(routes, parts));
    return textPage(description, 'application/json');
  });
  let reference: string | undefined;
  app.on('GET', ['/', '/api', '/api/'], async () => {
    const { routes } = await table();
    reference ??= referencePage(routes, parts.version);
    return textPage(reference, 'text/html');
  });
  app.on('POST', both('/wwise/:command'), async (context) => {
    return run(context, (await table()).command(context.req.param('command') ?? ''), {});
  });
  app.all('*', async (context) => {
    const { matches } = await table();
    const { method } = context.req;
    const path = pathOf(new URL(context.req.raw.url).pathname);
    const found = matches(path);
    const wanted = found.find(({ route }) => route.method === method.toLowerCase());
    if (wanted !== undefined) return run(context, wanted.route, wanted.params);
    const allow = [...new Set(found.map(({ route }) => route.method.toUpperCase()))];
    const refused = notFound(method, path);
    return allow.length === 0 ? refusal(refused) : refusal(refused, 405, { allow: allow.join(', ') });
  });
  app.onError((thrown, { req: { raw } }) => {
    const isOurs = thrown instanceof WwiseFlowError && thrown.code !== 'INTERNAL';
    // A client that hung up while it sent something gets no answer anyway.
    if (!isOurs && !raw.signal.aborted) log.error({ err: thrown }, 'a request failed unexpectedly');
    return refusal(thrown);
  });

  return {
    fetch: async (request, env) => app.fetch(request, env),
    close() {
      isClosed = true;
      for (const ending of underWay) ending.abort();
      feeds.close();
    },
  };
}

/** Whether a request takes as long as what it waits for, or does: that says nothing of the server. */
function waits({ method, url }: Request): boolean {
  return method !== 'GET' || /[?&]wait/i.test(url);
}

const ofPage: ReadonlySet<string> = new Set(['cache-control', 'content-security-policy']);

/** Where no token is needed there is one workspace, and everybody may do everything. */
const everybody = { workspace: DEFAULT_WORKSPACE, scope: 'admin' } as const;

/** Who delivers to a webhook is let in by what stands in the address, and does nothing else. */
const deliverer = { workspace: DEFAULT_WORKSPACE, scope: 'read' } as const;

function isDelivery(path: string): boolean {
  return /^\/hooks\/[^/]+$/.test(pathOf(path));
}

/** The server is there, also when what a workspace keeps cannot be opened. */
async function healthOf({ openService }: Room): Promise<JsonObject> {
  try {
    const health = await (await openService()).health();
    return health.ok ? health.data : { status: 'failing', code: health.code, error: health.error };
  } catch (thrown) {
    const { code, message } = toWwiseFlowError(thrown);
    return { status: 'failing', code, error: message };
  }
}

/** Every address is served below /api too. */
function both(path: string): string[] {
  return [path, `/api${path}`];
}

function pathOf(path: string): string {
  return path.startsWith('/api/') ? path.slice('/api'.length) : path;
}

/** The id of the asset whose content an address is. */
function assetIdOf(path: string): string | undefined {
  const encoded = /^\/assets\/(.+)$/.exec(pathOf(path))?.[1];
  return encoded === undefined ? undefined : decoded(encoded);
}

function checkScope(caller: Caller, wanted: AccessScope): void {
  if (isInScope(caller, wanted)) return;
  throw new WwiseFlowError('NOT_PERMITTED', `This token may ${caller.scope}, not ${wanted}.`, {
    hint: `Make a token with \`wwiseflow token add --scope ${wanted}\`.`,
    details: { scope: caller.scope, wanted },
  });
}

function notAuthenticated(hasToken: boolean): WwiseFlowError {
  const what = hasToken
    ? 'The token of this request is not known here, or has expired.'
    : 'This request has no token.';
  return new WwiseFlowError('NOT_AUTHENTICATED', what, {
    hint: 'Make one with `wwiseflow token add`, and send it as Authorization: Bearer TOKEN.',
  });
}

function notFound(method: string, path: string): WwiseFlowError {
  return new WwiseFlowError('NOT_FOUND', `There is no ${method} ${path.slice(0, 200)}.`, {
    hint: 'GET /openapi.json describes every address.',
    details: { method, path: path.slice(0, 200) },
  });
}

function textPage(text: string, type: string): Response {
  return new Response(text, { headers: { 'content-type': `${type}; charset=utf-8` } });
}
