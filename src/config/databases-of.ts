import type { ConfigDisk, ConfigFile } from './file/config-file.ts';
import { environmentOf } from './layers.ts';
import { readSecret } from './read-secret.ts';
import type { Said } from './setting.ts';

/** A database that workflows may name. An address is read when it is asked for; that throws what readSecret throws. */
export type ConfiguredDatabase = { readonly isWritable: boolean } & (
  | { readonly kind: 'sqlite'; readonly path: string }
  | { readonly kind: 'postgres'; readonly address: () => string }
);

/** The databases of the files by name; of a name that several have, the stronger one. */
export function databasesOf(
  env: Readonly<Record<string, string | undefined>>,
  files: readonly ConfigFile[],
  chosen: Said | undefined,
  disk: ConfigDisk,
): ReadonlyMap<string, ConfiguredDatabase> {
  const databases = new Map<string, ConfiguredDatabase>();
  for (const file of files) {
    const environment = environmentOf(file, chosen);
    const section = environment === null ? undefined : file.environments.get(environment);
    for (const { databases: named } of section === undefined ? [file.base] : [section, file.base])
      for (const [name, entry] of named) {
        if (databases.has(name)) continue;
        const { isWritable, pointer } = entry;
        if (entry.sqlite !== undefined)
          databases.set(name, { kind: 'sqlite', isWritable, path: entry.sqlite });
        const { postgres } = entry;
        if (postgres === undefined) continue;
        const address = () => readSecret(postgres, `"${pointer}/postgres" in ${file.path}`, env, disk);
        databases.set(name, { kind: 'postgres', isWritable, address });
      }
  }
  return databases;
}
