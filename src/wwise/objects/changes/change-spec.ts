import type { Json, JsonObject } from '../../../core/json.ts';
import { nullGuid } from '../../../core/null-guid.ts';
import type { CommandContext } from '../../wwise-command.ts';
import { findObjects } from '../finding/find-object.ts';
import { choiceValues } from '../types/choice-values.ts';
import type { MemberOwner } from '../types/known-members.ts';
import type { AskedChange, Child, Members } from './asked-change.ts';

/** GUID by designator of everything the references name. */
export async function changeTargets(
  changes: readonly AskedChange[],
  context: CommandContext,
): Promise<ReadonlyMap<string, string>> {
  const names = [...new Set(changes.flatMap(designatorsIn))];
  if (names.length === 0) return new Map();
  const found = await findObjects(names, context);
  return new Map(names.map((name, at) => [name, found[at]?.id ?? name]));
}

function designatorsIn({ references, children, lists }: Members): readonly string[] {
  const own = Object.values(references ?? {}).flatMap((target) => target ?? []);
  const below = [...(children ?? []), ...Object.values(lists ?? {}).flat()];
  return [...own, ...below.flatMap(designatorsIn)];
}

/** What a change sets, as ak.wwise.core.object.set takes it; references by the GUIDs that changeTargets found. */
export function changeSpec(
  { notes, properties, references, children, lists }: Members,
  targets: ReadonlyMap<string, string>,
): JsonObject {
  const entries: [string, Json][] = [];
  for (const [name, value] of Object.entries(properties ?? {})) entries.push([atName(name), value]);
  for (const [name, target] of Object.entries(references ?? {})) {
    entries.push([atName(name), target === null ? nullGuid : (targets.get(target) ?? target)]);
  }
  for (const [name, items] of Object.entries(lists ?? {})) {
    entries.push([atName(name), items.map((item) => childSpec(item, targets))]);
  }
  return {
    ...(notes === undefined ? {} : { notes }),
    ...Object.fromEntries(entries),
    ...(children === undefined ? {} : { children: children.map((item) => childSpec(item, targets)) }),
  };
}

function childSpec(
  { type, name, classId, ...rest }: Child,
  targets: ReadonlyMap<string, string>,
): JsonObject {
  return { type, name, ...(classId === undefined ? {} : { classId }), ...changeSpec(rest, targets) };
}

/** Wwise names properties with @ here, whichever way the caller wrote them. */
export function atName(name: string): string {
  return `@${name.replace(/^@/, '')}`;
}

/** The members with the labels of choices as their numbers. */
export async function withChoiceNumbers(
  { properties, children, lists }: Members,
  owner: MemberOwner,
  context: CommandContext,
): Promise<Pick<Members, 'properties' | 'children' | 'lists'>> {
  const inside = async (items: readonly Child[]) => {
    const made: Child[] = [];
    for (const item of items) made.push({ ...item, ...(await withChoiceNumbers(item, item, context)) });
    return made;
  };
  const inLists: [string, Child[]][] = [];
  for (const [name, items] of Object.entries(lists ?? {})) inLists.push([name, await inside(items)]);
  return {
    ...(properties === undefined ? {} : { properties: await choiceValues(owner, properties, context) }),
    ...(children === undefined ? {} : { children: await inside(children) }),
    ...(lists === undefined ? {} : { lists: Object.fromEntries(inLists) }),
  };
}
