import { randomBytes } from 'node:crypto';
import { WwiseFlowError } from '../errors.ts';
import type { CallbackRecord, CallbackStore } from '../stores/callback-store.ts';

export type WantedCallback = Pick<CallbackRecord, 'workspace' | 'url' | 'events' | 'secretName'> & {
  readonly name?: string | undefined;
};

/** Makes a callback. Throws INVALID_INPUT for an address that is none, or has a password in it. */
export async function makeCallback(
  callbacks: CallbackStore,
  { workspace, url, events, secretName, name }: WantedCallback,
): Promise<CallbackRecord> {
  const record: CallbackRecord = {
    ...{ id: randomBytes(4).toString('hex'), name: name ?? null, workspace, url: checkedUrl(url) },
    ...{ events, secretName, createdAtMs: Date.now() },
  };
  await callbacks.add(record);
  return record;
}

function checkedUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain =
    url !== undefined && /^https?:$/.test(url.protocol) && `${url.username}${url.password}` === '';
  if (isPlain && text.length <= 2_000) return url.href;
  throw new WwiseFlowError('INVALID_INPUT', `"${text.slice(0, 100)}" is no address to notify.`, {
    hint: 'Write https://HOST/PATH, without user and password: what is sent is signed.',
  });
}
