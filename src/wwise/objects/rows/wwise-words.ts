import type { WwiseFlowError } from '../../../core/errors.ts';

/** What Wwise itself said, without the name of the function in front. */
export function wwiseWords({ message, details }: WwiseFlowError): string {
  const prefix = `${String(details?.procedure)}: `;
  return message.startsWith(prefix) ? message.slice(prefix.length) : message;
}
