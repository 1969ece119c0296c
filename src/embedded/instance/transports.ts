import type { JsonObject } from '../../core/json.ts';

export type TransportState = 'playing' | 'stopped' | 'paused';
export type TransportAction = 'play' | 'stop' | 'pause' | 'playStop' | 'playDirectly';

export interface Transport {
  readonly id: number;
  /** GUID of the object it plays. */
  readonly object: string;
  readonly gameObject: number | undefined;
  readonly state: TransportState;
}

/** Transport objects as a state machine: nothing is heard, so what plays goes on until it is stopped. */
export interface Transports {
  create(object: string, gameObject: number | undefined): Transport;
  /** Stops and forgets it; false when there is none of that id. */
  destroy(id: number): boolean;
  find(id: number): Transport | undefined;
  list(): readonly JsonObject[];
  execute(transport: Transport, action: TransportAction): void;
  /** Forgets all of them, as closing the project does. */
  clear(): void;
}

export function createTransports(onChange: (transport: Transport) => void): Transports {
  const known = new Map<number, Transport>();
  let last = 0;

  function execute(transport: Transport, action: TransportAction): void {
    const state = stateAfter(transport.state, action);
    if (state === transport.state) return;
    const changed = { ...transport, state };
    known.set(transport.id, changed);
    onChange(changed);
  }

  return {
    create(object, gameObject) {
      last += 1;
      const transport: Transport = { id: last, object, gameObject, state: 'stopped' };
      known.set(last, transport);
      return transport;
    },
    destroy(id) {
      const transport = known.get(id);
      if (transport === undefined) return false;
      execute(transport, 'stop');
      return known.delete(id);
    },
    find: (id) => known.get(id),
    list: () =>
      [...known.values()].map(({ id, object, gameObject }) => ({
        object,
        ...(gameObject === undefined ? {} : { gameObject }),
        transport: id,
      })),
    execute,
    clear: () => known.clear(),
  };
}

function stateAfter(state: TransportState, action: TransportAction): TransportState {
  if (action === 'play' || action === 'playDirectly') return 'playing';
  if (action === 'stop') return 'stopped';
  if (action === 'pause') return state === 'playing' ? 'paused' : state;
  return state === 'stopped' ? 'playing' : 'stopped';
}
