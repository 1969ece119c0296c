import { lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, type Dispatcher } from 'undici';
import { WwiseFlowError } from '../../../core/errors.ts';
import { isPrivateAddress } from './private-address.ts';

/** Connections that may lead anywhere, and those that must not end in a private network. Kept open for the next request. */
export interface HttpAgents {
  readonly anywhere: Dispatcher;
  readonly publicOnly: Dispatcher;
}

/** Agents of one process. What a name stands for is looked at when it is connected to: it cannot be another one by then. */
export function createAgents(): HttpAgents {
  // Sockets that wait for the next request hold up no exit.
  const kept = { keepAliveTimeout: 4_000, keepAliveMaxTimeout: 30_000, connections: 32 };
  return {
    anywhere: new Agent(kept),
    publicOnly: new Agent({ ...kept, connect: { lookup: publicLookup } }),
  };
}

/** Throws ADDRESS_NOT_ALLOWED for a host that is written as an address of a private network. */
export function refusePrivateHost(hostname: string): void {
  const plain = hostname.replace(/^\[|\]$/g, '');
  if (isIP(plain) !== 0 && isPrivateAddress(plain)) throw notPublic(hostname, plain);
}

const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    const inside = addresses?.find(({ address }) => isPrivateAddress(address));
    if (error !== null) callback(error, '', 0);
    else if (inside !== undefined) callback(notPublic(hostname, inside.address), '', 0);
    else if (options.all === true) callback(null, addresses);
    else callback(null, addresses[0]?.address ?? '', addresses[0]?.family);
  });
};

function notPublic(hostname: string, address: string): WwiseFlowError & NodeJS.ErrnoException {
  return new WwiseFlowError(
    'ADDRESS_NOT_ALLOWED',
    `A redirect leads to ${hostname}${address === hostname ? '' : ` (${address})`}, which is in a private network.`,
    {
      hint: `Ask that address itself, or start with --allow-redirect ${hostname}.`,
      details: { host: hostname, address },
    },
  );
}
