import { createHmac } from 'node:crypto';
import { hookKey } from '../access/hook.ts';

/** The headers of something sent, as Standard Webhooks has them: whoever knows the secret can check who sent it, and when. */
export function callbackHeaders(
  id: string,
  body: string,
  secret: string,
  nowMs: number,
): Record<string, string> {
  const timestamp = String(Math.floor(nowMs / 1000));
  // A secret that is written otherwise signs as it stands.
  const key = hookKey(secret) ?? Buffer.from(secret, 'utf8');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  };
}
