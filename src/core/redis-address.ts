/** How a client reaches a Redis, in the words of ioredis. */
export interface RedisConnection {
  readonly host?: string;
  readonly port?: number;
  readonly username?: string;
  readonly password?: string;
  readonly db?: number;
  readonly tls?: Record<string, never>;
  /** Who knows which server is the master of `name` now; asked one after the other. */
  readonly sentinels?: { host: string; port: number }[];
  readonly name?: string;
  readonly enableTLSForSentinelMode?: boolean;
  readonly failoverDetector?: boolean;
}

/**
 * `redis://[USER:PASSWORD@]HOST[:PORT][/DB]`, or `redis+sentinel://[USER:PASSWORD@]HOST[:PORT],HOST[:PORT]/NAME[/DB]`: the
 * sentinels, and the name of their master. `rediss` is the same over TLS. Undefined for what is none.
 */
export function redisConnection(address: string): RedisConnection | undefined {
  const [, tls, sentinel, user, hosts, path = ''] = form.exec(address) ?? [];
  if (hosts === undefined) return undefined;
  const servers = hosts.split(',').map((one) => serverOf(one, sentinel === undefined ? 6379 : 26379));
  const [first] = servers;
  const parts = path.split('/');
  const name = sentinel === undefined ? undefined : decodeURIComponent(parts.shift() ?? '');
  const db = Number(parts.shift() || 0);
  if (first === undefined || servers.includes(undefined) || name === '' || parts.length > 0) return undefined;
  if (!Number.isInteger(db) || (sentinel === undefined && servers.length > 1)) return undefined;
  const [, userName = '', password = ''] = /^([^:]*):?(.*)$/s.exec(user ?? '') ?? [];
  const common = {
    ...(userName === '' ? {} : { username: decodeURIComponent(userName) }),
    ...(password === '' ? {} : { password: decodeURIComponent(password) }),
    ...(tls === undefined ? {} : { tls: {} }),
    ...(db === 0 ? {} : { db }),
  };
  if (name === undefined) return { ...first, ...common };
  const sentinels = servers.flatMap((server) => server ?? []);
  // Connections to the former master are closed once there is another one.
  const over = { failoverDetector: true, ...(tls === undefined ? {} : { enableTLSForSentinelMode: true }) };
  return { sentinels, name, ...common, ...over };
}

/** Scheme, TLS, sentinel, user, servers, what follows. */
const form = /^redis(s)?(\+sentinel)?:\/\/(?:([^@/]*)@)?([^/?#@]*)(?:\/([^?#]*))?$/i;

function serverOf(text: string, usualPort: number): { host: string; port: number } | undefined {
  const [, bracketed, plain, port] = /^(?:\[([0-9a-f:.]+)\]|([\w.-]*))(?::(\d{1,5}))?$/i.exec(text) ?? [];
  const host = bracketed ?? plain;
  if (host === undefined) return undefined;
  return { host: host === '' ? '127.0.0.1' : host, port: Number(port ?? usualPort) };
}
