import { createHash } from 'node:crypto';
import { WwiseFlowError } from '../../core/errors.ts';
import type { PostgresDatabase } from './postgres-database.ts';
import { postgresMigrations } from './postgres-migrations.ts';

/**
 * Runs the migrations that this database has not seen, all or none; of several processes one does.
 * @throws WwiseFlowError STATE_NEWER for tables of a newer version or of another history: nothing in them was touched
 */
export async function migratePostgres({ transaction }: PostgresDatabase): Promise<void> {
  await transaction('read write', async (tx, script) => {
    await tx`select pg_advisory_xact_lock(${LOCK})`;
    await tx`create table if not exists migration (version integer primary key, checksum text not null,
      at timestamptz not null default now())`;
    const rows = await tx`select version, checksum from migration order by version`;
    const seen = new Map(rows.map(({ version, checksum }) => [Number(version), String(checksum)]));
    for (const [index, text] of postgresMigrations.entries()) {
      const [version, checksum] = [index + 1, checksumOf(text)];
      const present = seen.get(version);
      if (present === undefined) {
        await script(text);
        await tx`insert into migration (version, checksum) values (${version}, ${checksum})`;
      } else if (present !== checksum) throw unknownTables(version);
    }
    if (seen.size > postgresMigrations.length) throw unknownTables(seen.size);
  });
}

/** Any number that no other program uses for its own. */
const LOCK = 729_416_351;

function checksumOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function unknownTables(version: number): WwiseFlowError {
  return new WwiseFlowError(
    'STATE_NEWER',
    `The tables of the database are of version ${version}, this WwiseFlow knows ${postgresMigrations.length}.`,
    {
      hint: 'Update every WwiseFlow that uses this database, or name another one with --database.',
      details: { version, known: postgresMigrations.length },
    },
  );
}
