import { makeHook } from '../../core/access/make-hook.ts';
import { WwiseFlowError } from '../../core/errors.ts';
import type { HookRecord, HookStore } from '../../core/stores/hook-store.ts';
import type { Print } from './print.ts';

export interface HookOrder {
  readonly action: 'add' | 'list' | 'remove';
  /** The workflowId of one to add, the id of one to remove. */
  readonly what: string | undefined;
  readonly name: string | undefined;
  readonly workspace: string;
  readonly days: number | null;
  readonly signed: boolean;
  readonly json: boolean;
}

/** Makes, lists or removes webhooks, and closes the store. Exit code 0. Throws INVALID_INPUT for a webhook that there is not. */
export async function runHook(request: HookOrder, hooks: HookStore, print: Print): Promise<number> {
  try {
    if (request.action === 'add') await add(request, hooks, print);
    else if (request.action === 'list') await list(request, hooks, print);
    else await remove(request, hooks, print);
    return 0;
  } finally {
    await hooks.close();
  }
}

async function add({ what = '', json, ...wanted }: HookOrder, hooks: HookStore, print: Print): Promise<void> {
  const { record, token, secret } = await makeHook(hooks, { ...wanted, workflowId: what });
  const url = `/hooks/${token}`;
  if (json) return print(JSON.stringify({ ...record, token, url, ...(secret === null ? {} : { secret }) }));
  print(url);
  if (secret !== null) print(secret);
  const shown = secret === null ? 'It is not shown again.' : 'Address and secret are not shown again.';
  print(`${shown} ${described(record)}`);
}

async function list({ json }: HookOrder, hooks: HookStore, print: Print): Promise<void> {
  const records = await hooks.list(null);
  if (json) return print(JSON.stringify(records));
  for (const record of records) print(described(record));
  if (records.length === 0) print('There are no webhooks.');
}

async function remove({ what = '', json }: HookOrder, hooks: HookStore, print: Print): Promise<void> {
  if (!(await hooks.remove(what, null))) {
    throw new WwiseFlowError('INVALID_INPUT', `There is no webhook "${what}".`, {
      hint: 'See the ids with `wwiseflow hook list`.',
      details: { id: what },
    });
  }
  print(json ? JSON.stringify({ removed: what }) : `Removed ${what}: it starts nothing any more.`);
}

function described({ id, name, workspace, workflowId, isSigned, expiresAtMs }: HookRecord): string {
  const until = expiresAtMs === null ? 'does not expire' : `until ${new Date(expiresAtMs).toISOString()}`;
  const signed = isSigned ? ', signed' : '';
  return `${id}  starts ${workflowId} in ${workspace}${signed}, ${until}${name === null ? '' : `  ${name}`}`;
}
