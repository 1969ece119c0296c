import type { Config } from '../config/config.ts';
import { noteSecret } from '../core/secrets/known-secrets.ts';
import { DEFAULT_WORKSPACE } from '../core/stores/stores.ts';
import type { NamedDatabase, NamedDatabases } from '../outside/databases/named-database.ts';

/**
 * The databases that the workflows of a workspace may name: those with it in their name, all others the default one's. The address of one
 * is known as a secret from when it is read.
 */
export function databasesFor({ databases }: Pick<Config, 'databases'>, workspace: string): NamedDatabases {
  return [...databases].flatMap(([fullName, database]): NamedDatabase[] => {
    const [name = '', owner = DEFAULT_WORKSPACE] = fullName.split('/').reverse();
    if (owner !== workspace) return [];
    if (database.kind === 'sqlite') return [{ name, ...database }];
    return [{ name, ...database, address: () => noted(name, database.address()) }];
  });
}

function noted(name: string, address: string): string {
  noteSecret(`database ${name}`, address);
  return address;
}
