import type { TransportAction } from '../../instance/transports.ts';
import { knownTransport } from '../arguments/known-transport.ts';
import { defineFunction } from '../define-function.ts';

/**
 * Plays, stops or pauses one transport, or all of them. `playStop` toggles. Nothing is heard and nothing ends by itself:
 * what plays plays until it is stopped.
 */
export const transportExecuteAction = defineFunction({
  uri: 'ak.wwise.core.transport.executeAction',
  run({ transport, action }, _options, { instance: { transports } }) {
    const chosen =
      transport === undefined
        ? transports.list().map((row) => knownTransport(transports, row.transport))
        : [knownTransport(transports, transport)];
    const wanted = actions.find((name) => name === action) ?? 'stop';
    for (const one of chosen) transports.execute(one, wanted);
    return {};
  },
});

const actions: readonly TransportAction[] = ['play', 'stop', 'pause', 'playStop', 'playDirectly'];
