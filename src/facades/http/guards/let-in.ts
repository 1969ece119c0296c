import { isIP } from 'node:net';
import { isLoopback } from '../../../core/access/loopback.ts';
import { WwiseFlowError } from '../../../core/errors.ts';

/** By which names a server may be asked for. */
export interface HostRules {
  /** What it listens on. */
  readonly host: string;
  readonly allowedHosts: readonly string[];
}

/**
 * Refuses what a web page of another site can have a browser send: a name in `Host` that is not this server's (DNS rebinding),
 * and an `Origin` that is not the server itself. Programs send no `Origin`.
 * @throws WwiseFlowError NOT_PERMITTED
 */
export function checkLetIn(headers: Headers, rules: HostRules): void {
  const asked = headers.get('host') ?? '';
  const name = hostName(asked);
  if (name === undefined || !isOurs(name, rules)) {
    throw new WwiseFlowError('NOT_PERMITTED', `This server is not called "${asked.slice(0, 200)}".`, {
      hint: 'Ask for it by the address it printed, or start it with --allowed-host and that name.',
      details: { host: asked.slice(0, 200) },
    });
  }
  const origin = headers.get('origin');
  if (origin !== null && origin !== `http://${asked}` && origin !== `https://${asked}`) {
    throw new WwiseFlowError('NOT_PERMITTED', `Pages of ${origin.slice(0, 200)} are not let in.`, {
      hint: 'Use a program, or a page that this server itself gives.',
      details: { origin: origin.slice(0, 200) },
    });
  }
}

/** The name in a `Host` header, without its port; undefined for what is none. */
function hostName(header: string): string | undefined {
  return /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:\d{1,5})?$/i.exec(header)?.[1]?.toLowerCase();
}

/** An address cannot be rebound, so that a server for other machines may be asked for by any of its own. */
function isOurs(name: string, { host, allowedHosts }: HostRules): boolean {
  if (isLoopback(name) || allowedHosts.some((allowed) => allowed.toLowerCase() === name)) return true;
  const bare = name.replace(/^\[|\]$/g, '');
  return !isLoopback(host) && (isIP(bare) !== 0 || bare === host.toLowerCase());
}
