import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { onTestFinished } from 'vitest';

/** A service that stands in for a real one: a server of its own on this machine. */
export interface StandIn {
  readonly url: string;
  readonly port: number;
  /** Every request, in the order they came: `POST /path`. */
  readonly asked: string[];
  close(): Promise<void>;
}

/** Starts a service with these routes; ended with the test. */
export async function standIn(routes: (app: Hono) => void): Promise<StandIn> {
  const service = await startStandIn(routes);
  onTestFinished(service.close);
  return service;
}

/** The same for whoever ends it himself. */
export async function startStandIn(routes: (app: Hono) => void): Promise<StandIn> {
  const app = new Hono();
  const asked: string[] = [];
  app.use(async (context, next) => {
    asked.push(`${context.req.method} ${context.req.path}`);
    await next();
  });
  routes(app);
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
  if (!server.listening) await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    asked,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      if ('closeAllConnections' in server) server.closeAllConnections();
      await closed;
    },
  };
}
