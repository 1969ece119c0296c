import type { Json } from '../../../core/json.ts';
import type { Transport, Transports } from '../../instance/transports.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';

/** The transport of an id. Throws ak.wwise.invalid_arguments that lists those there are. */
export function knownTransport(transports: Transports, id: Json | undefined): Transport {
  const transport = typeof id === 'number' ? transports.find(id) : undefined;
  if (transport !== undefined) return transport;
  const known = transports.list().map((row) => row.transport ?? null);
  const reason =
    known.length === 0 ? 'There is none: create one first.' : `There are ${known.slice(0, 10).join(', ')}.`;
  throw waapiErrors.invalidArguments(`Transport ${JSON.stringify(id)} is unknown. ${reason}`, {
    argumentName: 'transport',
    transport: id ?? null,
  });
}
