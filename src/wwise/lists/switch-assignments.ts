import { z } from 'zod';
import { howManyFit } from '../../core/answers/budget.ts';
import { WwiseFlowError } from '../../core/errors.ts';
import { asJsonArray, asString, isJsonObject } from '../../core/json.ts';
import { didYouMean } from '../../core/text/nearest.ts';
import { type Claim, stillNamed } from '../claims/claim.ts';
import { orRefusal } from '../objects/changes/or-refusal.ts';
import { explaining } from '../objects/changes/set-objects.ts';
import { childrenOf } from '../objects/finding/children-of.ts';
import { findObject } from '../objects/finding/find-object.ts';
import { lookUpObjects } from '../objects/finding/look-up-objects.ts';
import { leanRef, namedTargetOf } from '../objects/rows/lean-ref.ts';
import { objectField } from '../objects/rows/object-field.ts';
import {
  type CreatedRef,
  type FoundObject,
  type ObjectRef,
  referenceIdOf,
  refOf,
} from '../objects/rows/object-row.ts';
import { expectType } from '../objects/types/expect-type.ts';
import type { CommandContext } from '../wwise-command.ts';

/** Inputs of the commands that assign and unassign. */
export const assignmentInput = z.strictObject({
  objectId: objectField('Switch Container.'),
  assignments: z
    .array(
      z.strictObject({
        child: z.string().trim().min(1).max(2_000).describe('Child, by name or GUID.'),
        switch: z.string().trim().min(1).max(2_000).describe('Switch or State, by name or GUID.'),
      }),
    )
    .min(1)
    .max(500)
    .describe('Pairs.'),
});

/** One assignment with both ends spelled out. */
export const switchAssignment = z.object({ child: leanRef, switch: leanRef });

export const assignmentOutput = z.object({
  container: leanRef,
  results: z.array(
    z.object({ child: z.string(), switch: z.string(), ok: z.boolean(), error: z.string().optional() }),
  ),
  assignments: z
    .array(switchAssignment)
    .describe('All now, as far as they make one answer: list_assignments pages.'),
  total: z.int(),
});

/** The assignments of a Switch Container as Wwise has them, children and Switches looked up in one query. */
export async function assignmentsOf(containerId: string, context: Pick<CommandContext, 'waapi'>) {
  const answer = await context.waapi.call('ak.wwise.core.switchContainer.getAssignments', {
    id: containerId,
  });
  const pairs = asJsonArray(answer.return)
    .filter(isJsonObject)
    .map(
      ({ child, stateOrSwitch }) => [referenceIdOf(child) ?? '', referenceIdOf(stateOrSwitch) ?? ''] as const,
    );
  if (pairs.length === 0) return [];
  const rows = await lookUpObjects([...new Set(pairs.flat())], [], {}, context.waapi);
  const ref = (id: string): ObjectRef => ({ ...refOf(rows.get(id) ?? {}), id });
  return pairs.map(([child, other]) => ({ child: ref(child), switch: ref(other) }));
}

/** Claims that what an input assigned still is; none when a pair was refused, or stands beyond the end of the answer. */
export function assigned(
  { objectId: designator, assignments: asked }: z.output<typeof assignmentInput>,
  { container, results, assignments }: z.output<typeof assignmentOutput>,
): readonly Claim[] {
  const pairs = asked.map((pair) =>
    assignments.find((one) => isCalled(one.child, pair.child) && isCalled(one.switch, pair.switch)),
  );
  if (pairs.includes(undefined) || results.some(({ ok }) => !ok)) return [];
  const found = pairs.flatMap((pair) => pair ?? []);
  return [
    ...stillNamed(designator, container.id),
    ...found.flatMap(({ child, switch: other }): Claim[] => [
      { kind: 'exists', id: child.id, name: child.name, parentId: container.id },
      { kind: 'exists', id: other.id, name: other.name },
    ]),
    {
      kind: 'call',
      uri: 'ak.wwise.core.switchContainer.getAssignments',
      args: { id: container.id },
      member: 'return',
      how: 'has',
      answer: found.map(({ child, switch: other }) => ({ child: child.id, stateOrSwitch: other.id })),
    },
  ];
}

interface PairResult {
  readonly child: string;
  readonly switch: string;
  readonly ok: boolean;
  readonly error?: string;
}

/** Assigns or unassigns pair by pair; what is already as wanted counts as done. */
export async function changeAssignments(
  { objectId, assignments }: z.output<typeof assignmentInput>,
  wanted: 'assigned' | 'unassigned',
  context: CommandContext,
): Promise<z.input<typeof assignmentOutput>> {
  const found = await findObject(objectId, context, { returns: ['@SwitchGroupOrStateGroup'] });
  expectType(found, 'objectId', 'SwitchContainer');
  const children = await childrenOf(found.id, context);
  const switches = await childrenOf(groupOf(found), context);
  const present = await assignmentsOf(found.id, context);
  const isWanted = (child: CreatedRef, other: CreatedRef) =>
    present.some((one) => one.child.id === child.id && one.switch.id === other.id) ===
    (wanted === 'assigned');
  const verb = wanted === 'assigned' ? 'add' : 'remove';
  const change = async (pair: { child: string; switch: string }): Promise<PairResult> => {
    const outcome = await orRefusal(async () => {
      const child = theOne(pair.child, children, `"${found.path}" has no child`);
      const other = theOne(pair.switch, switches, 'the group of the container has no Switch or State');
      if (isWanted(child, other)) return;
      await explaining(`${verb} the assignment of "${child.name}" to "${other.name}"`, () =>
        context.waapi.call(`ak.wwise.core.switchContainer.${verb}Assignment`, {
          child: child.id,
          stateOrSwitch: other.id,
        }),
      );
    });
    return { ...pair, ok: 'done' in outcome, ...('error' in outcome ? { error: outcome.error } : {}) };
  };
  const results: PairResult[] = [];
  const all = async () => {
    for (const pair of assignments) results.push(await change(pair));
  };
  // One pair is one step of its own.
  if (assignments.length === 1) await all();
  else await context.oneStep(`Change assignments of ${found.name}`, all);
  const [first] = results;
  if (first !== undefined && results.every(({ ok }) => !ok)) throw nothingDone(found, first, results);
  const now = await assignmentsOf(found.id, context);
  const checked = results.map((result) => {
    if (!result.ok) return result;
    const child = theOne(result.child, children, 'no child');
    const other = theOne(result.switch, switches, 'no Switch');
    const isThere = now.some((one) => one.child.id === child.id && one.switch.id === other.id);
    if (isThere === (wanted === 'assigned')) return result;
    return { ...result, ok: false, error: 'Wwise accepted the call, but changed nothing.' };
  });
  return {
    container: refOf(found.row),
    results: checked,
    assignments: now.slice(0, howManyFit(now)),
    total: now.length,
  };
}

/** When not one pair could be done there is nothing to call a success. */
function nothingDone(
  container: FoundObject,
  { error = '' }: { readonly error?: string },
  results: readonly PairResult[],
): WwiseFlowError {
  const more = results.length === 1 ? '' : ` (and ${results.length - 1} more: details.results)`;
  return new WwiseFlowError('INVALID_INPUT', `No assignment was changed: ${error}${more}`, {
    hint: 'Compare with list_assignments: it names the children, Switches and States there are.',
    details: { container: refOf(container.row), results: results.map((one) => ({ ...one })) },
  });
}

function groupOf(container: FoundObject): string {
  const group = namedTargetOf(container.row['@SwitchGroupOrStateGroup']);
  if (group !== null) return group.id;
  throw new WwiseFlowError('INVALID_INPUT', `"${container.path}" follows no Switch Group or State Group.`, {
    hint: 'Choose one with set_switch_group first.',
    details: { object: refOf(container.row) },
  });
}

/**
 * The one of that name, path, end of a path, GUID or Type:Name. Throws OBJECT_NOT_FOUND with the nearest names; `problem`
 * begins the sentence.
 */
export function theOne(word: string, among: readonly CreatedRef[], problem: string): CreatedRef {
  const found = among.find((one) => isCalled(one, word));
  if (found !== undefined) return found;
  const names = among.flatMap(({ name }) => asString(name) ?? []);
  throw new WwiseFlowError('OBJECT_NOT_FOUND', `${problem} "${word}".${didYouMean(word, names)}`, {
    hint: 'Use one of details.names.',
    details: { word, names },
  });
}

/** Whether a word is the name, path, end of the path, GUID or Type:Name of an object. */
function isCalled({ id, name, path }: ObjectRef, word: string): boolean {
  const wanted = word
    .toLowerCase()
    .replace(/^id:/, '')
    .replace(/^[a-z]+:/, '');
  if (id.toLowerCase() === wanted) return true;
  return wanted.includes('\\') ? endsWith(path.toLowerCase(), wanted) : name.toLowerCase() === wanted;
}

/** Whole names only; projects from before 2025 name the root folder of a path otherwise, so that is left out. */
function endsWith(path: string, wanted: string): boolean {
  const steps = wanted.split('\\').filter((step) => step !== '');
  const end = wanted.startsWith('\\') ? steps.slice(1) : steps;
  return path.endsWith(`\\${end.join('\\')}`);
}
