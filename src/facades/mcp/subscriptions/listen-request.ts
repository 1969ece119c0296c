import { asJsonArray, asJsonObject, asString } from '../../../core/json.ts';

/** The addresses that a message of the protocol of 2026 subscribes to, and the id it is cancelled by; undefined for any other. */
export function listenRequest(
  message: unknown,
): { readonly id: string | number; readonly uris: readonly string[] } | undefined {
  const { method, id, params } = asJsonObject(message);
  if (method !== 'subscriptions/listen' || (typeof id !== 'string' && typeof id !== 'number'))
    return undefined;
  const { resourceSubscriptions } = asJsonObject(asJsonObject(params).notifications);
  return { id, uris: asJsonArray(resourceSubscriptions).flatMap((uri) => asString(uri) ?? []) };
}

/** The id of the request that a message cancels. */
export function cancelledBy(message: unknown): string | number | undefined {
  const { method, params } = asJsonObject(message);
  const { requestId } = asJsonObject(params);
  const isId = typeof requestId === 'string' || typeof requestId === 'number';
  return method === 'notifications/cancelled' && isId ? requestId : undefined;
}
