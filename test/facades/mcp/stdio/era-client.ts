import { Client as NewClient } from '@modelcontextprotocol/client';
import { StdioClientTransport as NewTransport } from '@modelcontextprotocol/client/stdio';
import { Client as OldClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as OldTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { ResultSchema } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import { asJsonArray, asJsonObject, asString, type JsonObject } from '../../../../src/core/json.ts';
import { type Era, launch } from './stdio-client.ts';

/** What a client was sent without having asked for it. */
export interface Heard {
  readonly method: string;
  readonly params: JsonObject;
}

/** An official client of one era, for what is not about tools. */
export interface EraClient {
  /** The result; rejects with the error as it came, which has `code`. */
  request(method: string, params?: JsonObject): Promise<JsonObject>;
  /** The structured content of a tool. */
  call(name: string, args: JsonObject): Promise<JsonObject>;
  /** The JSON of a resource. */
  read(uri: string): Promise<JsonObject>;
  /** The values a prompt's argument or a template's variable could have. */
  complete(ref: JsonObject, name: string, value: string, beside?: JsonObject): Promise<readonly unknown[]>;
  /** Subscribes as the era does; the function ends it. */
  subscribe(uri: string): Promise<() => Promise<unknown>>;
  /** Notifications, in their order. */
  readonly heard: readonly Heard[];
  readonly capabilities: JsonObject;
  close(): Promise<void>;
}

/** Starts the built server and connects. */
export async function startEraClient(era: Era, args: readonly string[], cwd: string): Promise<EraClient> {
  const parameters = {
    command: process.execPath,
    args: [...launch, ...args],
    cwd,
    stderr: 'ignore' as const,
  };
  const heard: Heard[] = [];
  const hear = (notification: unknown): void => {
    const { method, params } = plain(notification);
    heard.push({ method: asString(method) ?? '', params: asJsonObject(params) });
  };
  if (era === '2025 (sdk 1.x)') {
    const client = new OldClient({ name: 'test', version: '1' });
    client.fallbackNotificationHandler = async (notification) => hear(notification);
    await client.connect(new OldTransport(parameters));
    return wrap(heard, plain(client.getServerCapabilities()), {
      request: (method, params) => client.request({ method, params }, ResultSchema),
      subscribe: async (uri) => {
        await client.subscribeResource({ uri });
        return () => client.unsubscribeResource({ uri });
      },
      close: () => client.close(),
    });
  }
  const isNew = era === '2026-07-28';
  const mode = isNew ? { pin: '2026-07-28' } : 'legacy';
  const client = new NewClient({ name: 'test', version: '1' }, { versionNegotiation: { mode } });
  client.fallbackNotificationHandler = async (notification) => hear(notification);
  await client.connect(new NewTransport(parameters));
  return wrap(heard, plain(client.getServerCapabilities()), {
    request: (method, params) => client.request({ method, params }, z.looseObject({})),
    subscribe: async (uri) => {
      if (isNew) {
        const listening = await client.listen({ resourceSubscriptions: [uri] });
        return () => listening.close();
      }
      await client.subscribeResource({ uri });
      return () => client.unsubscribeResource({ uri });
    },
    close: () => client.close(),
  });
}

interface Wire {
  request(method: string, params: JsonObject): Promise<unknown>;
  subscribe(uri: string): Promise<() => Promise<unknown>>;
  close(): Promise<void>;
}

function wrap(heard: readonly Heard[], capabilities: JsonObject, wire: Wire): EraClient {
  const request = async (method: string, params: JsonObject = {}) =>
    plain(await wire.request(method, params));
  return {
    ...{ request, heard, capabilities, subscribe: wire.subscribe, close: wire.close },
    call: async (name, args) =>
      asJsonObject((await request('tools/call', { name, arguments: args })).structuredContent),
    read: async (uri) => {
      const [content] = asJsonArray((await request('resources/read', { uri })).contents);
      return plain(JSON.parse(asString(asJsonObject(content).text) ?? ''));
    },
    complete: async (ref, name, value, beside = {}) => {
      const asked = { ref, argument: { name, value }, context: { arguments: beside } };
      const { completion } = await request('completion/complete', asked);
      return asJsonArray(asJsonObject(completion).values);
    },
  };
}

function plain(value: unknown): JsonObject {
  return asJsonObject(JSON.parse(JSON.stringify(value ?? {})));
}
