import { WwiseFlowError } from '../core/errors.ts';
import { shownAddress } from '../core/secrets/without-credentials.ts';
import { hiddenAddress, isServerAddress } from './address.ts';
import type { ConfigDisk } from './file/config-file.ts';
import { type Layer, saidOf } from './layers.ts';
import { readSecret } from './read-secret.ts';
import { isReference, originName, type SettingKey } from './setting.ts';
import { settingOf } from './settings.ts';

/** A server that several machines share. */
export interface ServerAddress {
  /** To connect to; may hold a user and a password. */
  readonly url: string;
  /** To show. */
  readonly address: string;
}

/**
 * The server that the strongest source names; null where none does.
 * @throws WwiseFlowError INVALID_INPUT for an address of another kind; what readSecret throws
 */
export function serverAddress(
  layers: readonly Layer[],
  key: SettingKey,
  { env, disk }: { readonly env: Readonly<Record<string, string | undefined>>; readonly disk: ConfigDisk },
): ServerAddress | null {
  const said = saidOf(layers, key);
  if (said === undefined) return null;
  const { value, origin } = said;
  const isSecret = isReference(value);
  const url = isSecret ? readSecret(value, originName(origin), env, disk) : String(value);
  const address = isSecret ? hiddenAddress(url) : shownAddress(url);
  const { schemes = [] } = settingOf(key);
  if (isServerAddress(url, schemes)) return Object.freeze({ url, address });
  const name = isSecret ? 'what it refers to' : `"${address}"`;
  throw new WwiseFlowError(
    'INVALID_INPUT',
    `${originName(origin)}: ${name} is no ${schemes[0]}:// address.`,
    {
      hint: `Write it like ${schemes[0]}://USER:PASSWORD@HOST/NAME.`,
    },
  );
}
