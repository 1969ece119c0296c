import { randomBytes } from 'node:crypto';
import { type AccessScope, hashToken, newToken } from '../../core/access/token.ts';
import { WwiseFlowError } from '../../core/errors.ts';
import type { TokenRecord, TokenStore } from '../../core/stores/token-store.ts';
import type { Print } from './print.ts';

export interface TokenRequest {
  readonly action: 'add' | 'list' | 'remove';
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly workspace: string;
  readonly scope: AccessScope;
  readonly days: number | null;
  readonly json: boolean;
}

/** Makes, lists or removes tokens, and closes the store. Exit code 0. Throws INVALID_INPUT for a token that there is not. */
export async function runToken(request: TokenRequest, tokens: TokenStore, print: Print): Promise<number> {
  try {
    if (request.action === 'add') await add(request, tokens, print);
    else if (request.action === 'list') await list(request, tokens, print);
    else await remove(request, tokens, print);
    return 0;
  } finally {
    await tokens.close();
  }
}

const dayMs = 86_400_000;

async function add(request: TokenRequest, tokens: TokenStore, print: Print): Promise<void> {
  const { name = null, workspace, scope, days, json } = request;
  const token = newToken();
  const createdAtMs = Date.now();
  const record: TokenRecord = {
    ...{ id: randomBytes(4).toString('hex'), name, workspace, scope, createdAtMs },
    expiresAtMs: days === null ? null : createdAtMs + days * dayMs,
  };
  await tokens.add({ ...record, hash: hashToken(token) });
  if (json) return print(JSON.stringify({ ...record, token }));
  print(token);
  print(`It is not shown again. ${described(record)}`);
}

async function list({ json }: TokenRequest, tokens: TokenStore, print: Print): Promise<void> {
  const records = await tokens.list();
  if (json) return print(JSON.stringify(records));
  for (const record of records) print(described(record));
  if (records.length === 0) print('There are no tokens.');
}

async function remove({ id = '', json }: TokenRequest, tokens: TokenStore, print: Print): Promise<void> {
  const isRemoved = await tokens.remove(id);
  if (!isRemoved) {
    throw new WwiseFlowError('INVALID_INPUT', `There is no token "${id}".`, {
      hint: 'See the ids with `wwiseflow token list`.',
      details: { id },
    });
  }
  print(json ? JSON.stringify({ removed: id }) : `Removed ${id}: it opens nothing any more.`);
}

function described({ id, name, workspace, scope, expiresAtMs }: TokenRecord): string {
  const until = expiresAtMs === null ? 'does not expire' : `until ${new Date(expiresAtMs).toISOString()}`;
  return `${id}  ${scope} in ${workspace}, ${until}${name === null ? '' : `  ${name}`}`;
}
