import type { HookSignature } from '../../core/access/hook.ts';
import { makeHook } from '../../core/access/make-hook.ts';
import { WwiseFlowError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Result } from '../../core/result.ts';
import type { HookRecord, HookStore } from '../../core/stores/hook-store.ts';
import type { WorkflowService } from '../../workflow/service.ts';
import type { Print } from './print.ts';

export interface HookOrder {
  readonly action: 'add' | 'list' | 'remove';
  /** The workflowId of one to add, the id of one to remove. */
  readonly what: string | undefined;
  readonly name: string | undefined;
  readonly workspace: string;
  readonly days: number | null;
  readonly signature: HookSignature | null;
  readonly secretEnv: string | undefined;
  /** Whose service signs its deliveries, instead of the two above. */
  readonly preset: string | undefined;
  readonly json: boolean;
}

/** What webhooks are made of. */
export interface HookParts {
  readonly hooks: HookStore;
  readonly env: Readonly<Record<string, string | undefined>>;
  openService(workspace: string): Promise<WorkflowService>;
}

/**
 * Makes, lists or removes webhooks, and closes the store. Exit code 0. Throws INVALID_INPUT for a webhook that there is not,
 * WORKFLOW_NOT_FOUND for a workflow that it could not start.
 */
export async function runHook(request: HookOrder, parts: HookParts, print: Print): Promise<number> {
  const { hooks } = parts;
  try {
    if (request.action === 'add') await add(request, parts, print);
    else if (request.action === 'list') await list(request, hooks, print);
    else await remove(request, hooks, print);
    return 0;
  } finally {
    await hooks.close();
  }
}

async function add(
  { what = '', json, secretEnv, preset, ...wanted }: HookOrder,
  { hooks, env, openService }: HookParts,
  print: Print,
): Promise<void> {
  const service = await openService(wanted.workspace);
  dataOf(await service.library.get({ workflowId: what }));
  const signing =
    preset === undefined
      ? { secret: secretEnv === undefined ? undefined : secretIn(env, secretEnv) }
      : dataOf(await service.webhookOf(preset));
  const { record, token, secret } = await makeHook(hooks, { ...wanted, workflowId: what, ...signing });
  const url = `/hooks/${token}`;
  if (json) return print(JSON.stringify({ ...record, token, url, ...(secret === null ? {} : { secret }) }));
  print(url);
  if (secret !== null) print(secret);
  const shown = secret === null ? 'It is not shown again.' : 'Address and secret are not shown again.';
  print(`${shown} ${described(record)}`);
}

function dataOf<Data extends JsonObject>(result: Result<Data>): Data {
  if (result.ok) return result.data;
  throw new WwiseFlowError(result.code, result.error, { hint: result.hint, details: result.details });
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

function secretIn(env: HookParts['env'], variable: string): string {
  const secret = env[variable];
  if (secret !== undefined && secret !== '') return secret;
  throw new WwiseFlowError('INVALID_INPUT', `The variable ${variable} holds no secret.`, {
    hint: 'Set it to what the service that delivers shows as its signing secret.',
    details: { variable },
  });
}

function described({
  id,
  name,
  workspace,
  workflowId,
  executionId,
  signature,
  expiresAtMs,
}: HookRecord): string {
  const until = expiresAtMs === null ? 'does not expire' : `until ${new Date(expiresAtMs).toISOString()}`;
  const signed =
    signature === null ? '' : signature === 'standard' ? ', signed' : `, signed as by ${signature}`;
  const does = executionId === null ? `starts ${workflowId}` : `answers ${executionId}`;
  return `${id}  ${does} in ${workspace}${signed}, ${until}${name === null ? '' : `  ${name}`}`;
}
