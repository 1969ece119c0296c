import { WwiseFlowError } from '../../../core/errors.ts';
import { asString } from '../../../core/json.ts';
import type { CommandContext } from '../../wwise-command.ts';
import { orRefusal } from '../changes/or-refusal.ts';
import { askRows } from '../finding/ask-rows.ts';

/**
 * How many of these objects, and of those below them, are Work Units (physical folders are some). Wwise saves the whole project when
 * it creates, copies, moves or deletes one, and forgets its undo history. Throws CONFIRMATION_REQUIRED when there is one and
 * edits are unsaved that would go to disk with it, naming their files: nobody asked for that. `what` is what was to be done.
 */
export async function refuseSavingAlong(
  ids: readonly string[],
  what: string,
  context: Pick<CommandContext, 'waapi'>,
): Promise<number> {
  let workUnits = 0;
  for (let start = 0; start < ids.length; start += BATCH_SIZE) {
    const named = ids.slice(start, start + BATCH_SIZE).map((id) => `"${id}"`);
    const waql = `$ ${named.join(', ')} select this, descendants where type = "WorkUnit"`;
    workUnits += (await askRows(waql, ['id'], context)).length;
  }
  if (workUnits === 0) return 0;
  const unsaved = await unsavedFiles(context);
  if (unsaved.length === 0) return workUnits;
  throw new WwiseFlowError(
    'CONFIRMATION_REQUIRED',
    `${what} was not done: it is or holds a Work Unit, so the project would be saved at once, and with it unsaved edits in ${unsaved.slice(0, 10).join(', ')}${unsaved.length > 10 ? ` and ${unsaved.length - 10} more` : ''}.`,
    {
      hint: 'Save them with project_save (a node of its own in a workflow), or undo what is not to be kept; then repeat. It comes back by no undo.',
      details: { unsaved },
    },
  );
}

/** Keeps the query short. */
const BATCH_SIZE = 1_000;

/** Files that hold unsaved edits. Of a Wwise that does not say which, one word for all of them. */
async function unsavedFiles(context: Pick<CommandContext, 'waapi'>): Promise<readonly string[]> {
  const outcome = await orRefusal(() =>
    askRows('$ from type WorkUnit', ['filePath', 'workunit:isDirty'], context),
  );
  const rows = 'done' in outcome ? outcome.done : [];
  const files = rows.flatMap((row) =>
    row['workunit:isDirty'] === true ? [asString(row.filePath) ?? 'a Work Unit'] : [],
  );
  if (files.length > 0) return [...new Set(files)];
  // The .wproj has no Work Unit; before 2022.1 Wwise does not say.
  const info = await orRefusal(() => context.waapi.call('ak.wwise.core.getProjectInfo'));
  return 'done' in info && info.done.isDirty === true ? ['the project'] : [];
}
