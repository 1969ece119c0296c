import type {
  McpUiAppCapabilities,
  McpUiHostContext,
  McpUiInitializedNotification,
  McpUiInitializeRequest,
  McpUiSizeChangedNotification,
} from '@modelcontextprotocol/ext-apps';

/** What the host sends the view. */
export interface HostListener {
  onInput(args: Readonly<Record<string, unknown>>): void;
  onResult(result: unknown): void;
  onContext(context: McpUiHostContext): void;
  onTeardown(): void;
}

/** The host that shows the view: it calls tools of the server on its behalf. */
export interface Host {
  callTool(name: string, args: Readonly<Record<string, unknown>>): Promise<unknown>;
  resized(size: McpUiSizeChangedNotification['params']): void;
}

interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: unknown;
  readonly error?: { readonly message?: string };
}

/**
 * Speaks MCP Apps with the host around this frame: JSON-RPC by postMessage. The SDK's own App does the same, and would be most of
 * the size of the file; a test holds this to the SDK's host. Rejects when the host refuses.
 */
export async function connectHost(listener: HostListener): Promise<Host> {
  const open = new Map<number | string, { resolve(value: unknown): void; reject(reason: Error): void }>();
  let nextId = 1;
  const post = (message: object): void => parent.postMessage({ jsonrpc: '2.0', ...message }, '*');
  const request = (method: string, params: object): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const id = nextId++;
      open.set(id, { resolve, reject });
      post({ id, method, params });
    });
  addEventListener('message', ({ source, data }: MessageEvent<Message>) => {
    if (source !== parent || typeof data !== 'object' || data === null) return;
    const { id, method, params = {}, result, error } = data;
    if (method === undefined) {
      const waiting = id === undefined ? undefined : open.get(id);
      if (id !== undefined) open.delete(id);
      if (error === undefined) waiting?.resolve(result);
      else waiting?.reject(new Error(error.message ?? 'The host refused.'));
      return;
    }
    if (method === 'ui/notifications/tool-input') listener.onInput(membersOf(params.arguments));
    else if (method === 'ui/notifications/tool-result') listener.onResult(params);
    else if (method === 'ui/notifications/host-context-changed') listener.onContext(params);
    else if (method === 'ui/resource-teardown') listener.onTeardown();
    // Whatever asks for an answer gets one: a ping, and the end.
    if (id !== undefined) post({ id, result: {} });
  });
  const appCapabilities: McpUiAppCapabilities = { availableDisplayModes: ['inline', 'fullscreen'] };
  const hello: McpUiInitializeRequest['params'] = {
    appInfo: { name: 'wwiseflow', version: '1' },
    appCapabilities,
    protocolVersion: '2026-01-26',
  };
  const answer = membersOf(await request('ui/initialize', hello));
  listener.onContext(membersOf(answer.hostContext));
  const ready: McpUiInitializedNotification['method'] = 'ui/notifications/initialized';
  post({ method: ready });
  return {
    callTool: (name, args) => request('tools/call', { name, arguments: args }),
    resized: (params) => post({ method: 'ui/notifications/size-changed', params }),
  };
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
