import type { IncomingMessage } from 'node:http';

export interface AdmissionRules {
  /** Addresses clients may come from; `*` is any. Default: this machine. */
  readonly allowedAddresses?: readonly string[] | undefined;
  /** Origins web pages may come from, as `http://host[:port]`. Pages from files are always allowed. */
  readonly allowedOrigins?: readonly string[] | undefined;
}

/**
 * Why a request must be refused, or undefined when it may go on. Programs send no Origin; a browser always does,
 * so that a web page somebody merely visits cannot edit the project.
 */
export function admissionRefusal(request: IncomingMessage, rules: AdmissionRules): string | undefined {
  const address = plainAddress(request.socket.remoteAddress ?? '');
  const allowedAddresses = rules.allowedAddresses ?? loopback;
  if (!allowedAddresses.includes('*') && !allowedAddresses.includes(address)) {
    return `Connections from ${address} are not allowed.`;
  }
  const { origin } = request.headers;
  if (origin === undefined || origin.startsWith('file://')) return undefined;
  const allowed = (rules.allowedOrigins ?? []).some((entry) => sameOrigin(entry, origin));
  return allowed ? undefined : `The origin ${origin} is not allowed.`;
}

/** Whether a request is for WAAPI by its address, which the client wrote: it may be none at all. */
export function isAtWaapi(address: string | undefined): boolean {
  const base = 'http://waapi';
  const path = URL.canParse(address ?? '/', base) ? new URL(address ?? '/', base).pathname : undefined;
  return path === '/waapi' || path === '/waapi/';
}

const loopback: readonly string[] = ['127.0.0.1', '::1'];

/** `::ffff:127.0.0.1` is how a dual-stack socket shows an IPv4 client. */
function plainAddress(address: string): string {
  return address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address;
}

function sameOrigin(entry: string, origin: string): boolean {
  return entry.replace(/\/$/, '').toLowerCase() === origin.toLowerCase();
}
