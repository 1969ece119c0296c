import { makeCallback } from '../../core/callbacks/make-callback.ts';
import { WwiseFlowError } from '../../core/errors.ts';
import type {
  CallbackDelivery,
  CallbackEvent,
  CallbackRecord,
  CallbackStore,
} from '../../core/stores/callback-store.ts';
import type { Print } from './print.ts';

export interface CallbackOrder {
  readonly action: 'add' | 'list' | 'remove' | 'deliveries' | 'retry';
  /** The address of one to add, else the id of one there is. */
  readonly what: string;
  readonly name: string | undefined;
  readonly workspace: string;
  readonly events: readonly CallbackEvent[];
  readonly secretName: string;
  /** Of the deliveries. */
  readonly limit: number;
  readonly json: boolean;
}

/** Makes, lists or removes callbacks, or shows what was sent to one, and closes the store. Exit code 0. Throws INVALID_INPUT. */
export async function runCallback(
  order: CallbackOrder,
  callbacks: CallbackStore,
  print: Print,
): Promise<number> {
  const { action, what, limit, json } = order;
  const say = (value: unknown, lines: readonly string[]): void => {
    if (json) print(JSON.stringify(value));
    else for (const line of lines) print(line);
  };
  const isThere = async () => (await callbacks.list(null)).some(({ id }) => id === what);
  try {
    if (action === 'add') {
      const made = await makeCallback(callbacks, { ...order, url: what });
      say(made, [described(made)]);
    } else if (action === 'list') {
      const all = await callbacks.list(null);
      say(all, all.length === 0 ? ['There are no callbacks.'] : all.map(described));
    } else if (action === 'remove') {
      if (!(await callbacks.remove(what, null))) throw noCallback(what);
      say({ removed: what }, [`Removed ${what}: it is notified of nothing any more.`]);
    } else if (!(await isThere())) throw noCallback(what);
    else if (action === 'retry') {
      const retried = await callbacks.retry(what, Date.now());
      say({ retried }, [`${retried} of its deliveries are sent again.`]);
    } else {
      const sent = await callbacks.deliveries(what, limit);
      say(sent, sent.length === 0 ? ['Nothing was to be said to it yet.'] : sent.map(inALine));
    }
    return 0;
  } finally {
    await callbacks.close();
  }
}

function described({ id, name, workspace, url, events, secretName }: CallbackRecord): string {
  const words = name === null ? '' : `  ${name}`;
  return `${id}  ${url}  ${events.join(', ')} of ${workspace}, signed with ${secretName}${words}`;
}

function inALine({ executionId, event, state, attempts, nextAtMs, outcome }: CallbackDelivery): string {
  const next = state === 'waiting' ? `, next at ${new Date(nextAtMs).toISOString()}` : '';
  const times = attempts === 1 ? 'sent once' : `sent ${attempts} times`;
  return `${executionId}  ${event}  ${state}  ${times}${next}${outcome === null ? '' : `  ${outcome}`}`;
}

function noCallback(id: string): WwiseFlowError {
  return new WwiseFlowError('INVALID_INPUT', `There is no callback "${id}".`, {
    hint: 'See the ids with `wwiseflow callback list`.',
    details: { id },
  });
}
