import { redisConnection } from '../core/redis-address.ts';

/** True for an address WwiseFlow can connect to: `ws://`, `wss://` or `http://`. */
export function isAddress(text: string): boolean {
  return /^(wss?|http):$/.test(URL.canParse(text) ? new URL(text).protocol : '');
}

/** True for the address of a server that begins with one of these schemes. */
export function isServerAddress(text: string, schemes: readonly string[]): boolean {
  if (schemes.includes('redis')) return redisConnection(text) !== undefined;
  return URL.canParse(text) && schemes.some((scheme) => new URL(text).protocol === `${scheme}:`);
}

/** An address whose every part may be secret, as it may be shown: its scheme, host and port. */
export function hiddenAddress(text: string): string {
  if (!URL.canParse(text)) return '(hidden)';
  const { protocol, host, pathname } = new URL(text);
  return `${protocol}//${host}${pathname === '/' || pathname === '/waapi' ? pathname : '/(hidden)'}`;
}
