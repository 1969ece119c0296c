/** One request to a service remote. */
export interface HttpRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | undefined;
  /** The largest answer that is taken, in bytes. */
  readonly mostBytes: number;
  readonly timeoutMs: number;
  /** How often it is sent on to another address. */
  readonly mostRedirects: number;
  /** Sending it twice is the same as sending it once. */
  readonly isRepeatable: boolean;
  /** Statuses beside 2xx that are an answer, and no failure. */
  readonly acceptStatus: readonly number[];
  readonly signal: AbortSignal | undefined;
}

export interface HttpAnswer {
  readonly status: number;
  /** By their names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
  /** The address that answered in the end. */
  readonly url: URL;
}

/** Methods that change nothing at the service, or the same however often they are sent. */
export const repeatableMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']);

/** The address as errors and journals may show it: a query may hold a key. */
export function plainAddress({ protocol, host, pathname }: URL): string {
  return `${protocol}//${host}${pathname}`;
}
