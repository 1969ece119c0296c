import { isJsonObject, type Json } from '../../core/json.ts';
import type { NamedSecret } from './config-file.ts';
import { memberPointer } from './problems.ts';
import { type ReportConfigProblem, readSecretReference } from './read-setting.ts';

interface Position {
  readonly pointer: string;
  readonly dir: string;
  readonly report: ReportConfigProblem;
}

/** What a secret of workflows may be called; with a workspace in front where it is that one's alone: `music/API_KEY`. */
const secretName = /^([A-Za-z0-9._-]{1,64}\/)?[A-Za-z_][A-Za-z0-9_]{0,63}$/;

/** The entries of `secrets`, by name. */
export function readSecrets(value: Json, position: Position): Map<string, NamedSecret> {
  const secrets = new Map<string, NamedSecret>();
  const { report } = position;
  if (!isJsonObject(value)) {
    const hint = 'Write { "API_KEY": { "env": "NAME" } }.';
    report({ pointer: position.pointer, message: 'must be an object.', hint });
    return secrets;
  }
  for (const [name, entry] of Object.entries(value)) {
    const pointer = memberPointer(position.pointer, name);
    if (!secretName.test(name)) {
      const hint = 'Use letters, digits and _, as in API_KEY, or WORKSPACE/API_KEY for one workspace alone.';
      report({ pointer, message: 'is no name of a secret.', hint });
      continue;
    }
    const reference = readSecretReference(entry ?? null, { ...position, pointer });
    if (reference !== undefined) secrets.set(name, { pointer, reference });
  }
  return secrets;
}
