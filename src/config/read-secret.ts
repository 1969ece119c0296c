import { WwiseFlowError } from '../core/errors.ts';
import type { ConfigDisk } from './file/config-file.ts';
import type { SecretReference } from './setting.ts';

/**
 * The secret a reference leads to, without the line feed at its end. It is in no error.
 * @param name how errors name what holds the reference
 * @throws WwiseFlowError INVALID_INPUT when the variable, or the text of the file, is empty; FILE_NOT_FOUND, FILE_UNREADABLE
 */
export function readSecret(
  reference: SecretReference,
  name: string,
  env: Readonly<Record<string, string | undefined>>,
  disk: ConfigDisk,
): string {
  if ('env' in reference) {
    const value = env[reference.env]?.trim() ?? '';
    if (value !== '') return value;
    throw new WwiseFlowError('INVALID_INPUT', `${name}: the variable ${reference.env} is not set.`, {
      hint: `Set ${reference.env} where WwiseFlow is started.`,
      details: { variable: reference.env },
    });
  }
  const value = textOf(reference.file, name, disk).trim();
  if (value !== '') return value;
  throw new WwiseFlowError('INVALID_INPUT', `${name}: the file ${reference.file} is empty.`, {
    hint: 'Write the secret into it.',
    details: { file: reference.file },
  });
}

function textOf(path: string, name: string, { readText }: ConfigDisk): string {
  let text: string | undefined;
  let reason: unknown;
  try {
    text = readText(path);
  } catch (thrown) {
    reason = thrown;
  }
  if (text !== undefined) return text;
  const because = reason instanceof Error ? `cannot be read: ${reason.message}` : 'is not there';
  throw new WwiseFlowError(
    reason === undefined ? 'FILE_NOT_FOUND' : 'FILE_UNREADABLE',
    `${name}: the file ${path} ${because}.`,
    { hint: 'Name a file that this user may read and that holds the secret.', details: { file: path } },
  );
}
