import type { WaapiBackend } from './backend.ts';
import { connectHttp } from './connect-http.ts';
import { connectWamp } from './connect-wamp.ts';

/** Opens the link an address asks for: WAMP for `ws://`, HTTP POST for `http://`. Tries no other address or port by itself. */
export function connectWaapi(url: string): Promise<WaapiBackend> {
  return /^https?:/i.test(url) ? connectHttp(url) : connectWamp(url);
}
