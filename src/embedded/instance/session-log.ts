import type { WwiseLog } from './wwise-log.ts';

/** What the log channel `waapi` says of one client. */
export interface SessionLog {
  refused(uri: string, message: string): void;
  closed(): void;
}

/**
 * Says that a client came, in the words of a running Wwise (quoted by its maker in ReaWwise's issue 6). Only a client that came
 * by WAMP has an address. The words for what is refused and for leaving are ours.
 */
export function openSessionLog(log: WwiseLog, sessionId: number, from: string | undefined): SessionLog {
  const session = `session id '${sessionId}'`;
  const protocol = from === undefined ? '' : 'WAMP ';
  if (from !== undefined) log.add('waapi', 'Message', `WAMP connection from ${from}`, 'WampConnection');
  log.add('waapi', 'Message', `${protocol}Opening ${session}`, 'WampHello');
  return {
    refused(uri, message) {
      log.add('waapi', 'Error', `${protocol}${session}, ${uri}: ${message}`, 'WampError');
    },
    closed() {
      log.add('waapi', 'Message', `${protocol}Closing ${session}`, 'WampGoodbye');
    },
  };
}
