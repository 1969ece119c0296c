import type { ConfigDisk, ConfigFile } from './file/config-file.ts';
import { environmentOf } from './layers.ts';
import { readSecret } from './read-secret.ts';
import type { Said, SecretReference } from './setting.ts';

/** The secrets of workflows by name. Each is read when it is asked for; that throws what readSecret throws. */
export type Secrets = ReadonlyMap<string, () => string>;

/** What a variable begins with that holds a secret of workflows: WWISEFLOW_SECRET_API_KEY is API_KEY. */
export const secretPrefix = 'WWISEFLOW_SECRET_';

/** Those of variables, then those of the files; of a name that several have, the stronger one. */
export function secretsOf(
  env: Readonly<Record<string, string | undefined>>,
  files: readonly ConfigFile[],
  chosen: Said | undefined,
  disk: ConfigDisk,
): Secrets {
  const secrets = new Map<string, () => string>();
  const add = (name: string, reference: SecretReference, where: string): void => {
    if (!secrets.has(name)) secrets.set(name, () => readSecret(reference, where, env, disk));
  };
  for (const variable of Object.keys(env)) {
    const name = variable.slice(secretPrefix.length);
    if (variable.startsWith(secretPrefix) && /^[A-Za-z_]\w{0,63}$/.test(name))
      add(name, { env: variable }, variable);
  }
  for (const file of files) {
    const environment = environmentOf(file, chosen);
    const section = environment === null ? undefined : file.environments.get(environment);
    for (const { secrets: named } of section === undefined ? [file.base] : [section, file.base])
      for (const [name, { pointer, reference }] of named)
        add(name, reference, `"${pointer}" in ${file.path}`);
  }
  return secrets;
}
