import type { HookSignature } from '../../../core/access/hook.ts';
import { WwiseFlowError } from '../../../core/errors.ts';
import type { NamedPreset } from './preset.ts';

/**
 * How the service of a preset signs what it delivers to a webhook, and with what. Throws INVALID_INPUT where the preset says
 * nothing of it, UNRESOLVED_REFERENCE where the secret is not set up.
 */
export function webhookOf(
  { name, webhook }: NamedPreset,
  secret: ((name: string) => string) | undefined,
): { readonly signature: HookSignature; readonly secret: string } {
  if (webhook === undefined) {
    throw new WwiseFlowError(
      'INVALID_INPUT',
      `The preset "${name}" does not say how deliveries are signed.`,
      {
        hint: 'Give "signature" and "secret" instead, or write "webhook" in a preset of your own.',
        details: { preset: name },
      },
    );
  }
  if (secret === undefined) {
    throw new WwiseFlowError('UNRESOLVED_REFERENCE', `There is no secret "${webhook.secret}".`, {
      hint: 'Start WwiseFlow with its secrets.',
      details: { secret: webhook.secret },
    });
  }
  return { signature: webhook.signature, secret: secret(webhook.secret) };
}
