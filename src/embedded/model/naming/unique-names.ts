import { countedNames } from '../../../wwise/names/name-rules.gen.ts';
import type { ObjectIndex } from '../index/object-index.ts';
import type { ObjectNode } from '../index/object-node.ts';
import type { WwiseObject } from '../model.ts';

/** The list of names an object of the type shares below that parent; undefined where the parent alone matters. */
export function nameScope(type: string, parent: WwiseObject | null): string | undefined {
  const scope = countedNames[type]?.scope ?? undefined;
  return scope === undefined || parent === null || isPreset(parent) ? undefined : scope;
}

/** A preset is a copy of an object: projects have presets and busses of one name. */
function isPreset(object: WwiseObject): boolean {
  let at = object;
  while (at.parent !== null && at.parent.type !== 'Project') at = at.parent;
  return at.id === presetsId;
}

const presetsId = '{34C55C34-79EE-4678-860F-4C7DBE71D6DF}';

/** Everything in the project that has this name, case ignored, in the list that objects of the type share. */
export function namesakesIn(index: ObjectIndex, scope: string, name: string): readonly ObjectNode[] {
  const wanted = keyOf(scope, name);
  const table = tableOf(index);
  return [...(table.get(wanted) ?? [])].filter(
    (node) => isStillThere(index, node) && keyOfNode(node) === wanted,
  );
}

/** `name`, or `name_01`, `name_02`... when the project, or `isTaken`, has it. */
export function freeNameIn(
  index: ObjectIndex,
  scope: string,
  name: string,
  isTaken: (name: string) => boolean,
): string {
  let candidate = name;
  for (let number = 1; isTaken(candidate) || namesakesIn(index, scope, candidate).length > 0; number++)
    candidate = `${name}_${String(number).padStart(2, '0')}`;
  return candidate;
}

function isStillThere(index: ObjectIndex, node: ObjectNode): boolean {
  return index.byType.get(node.type)?.has(node) === true;
}

/** Names are added as objects come and are renamed; what left or has another name by now is passed over where it is found. */
function tableOf(index: ObjectIndex): Map<string, Set<ObjectNode>> {
  let table = tables.get(index);
  if (table === undefined) {
    table = new Map();
    tables.set(index, table);
  }
  for (const node of index.newNames.splice(0)) {
    const key = keyOfNode(node);
    if (key === undefined) continue;
    const known = table.get(key);
    if (known === undefined) table.set(key, new Set([node]));
    else known.add(node);
  }
  return table;
}

const tables = new WeakMap<ObjectIndex, Map<string, Set<ObjectNode>>>();

function keyOfNode(node: ObjectNode): string | undefined {
  const scope = node.owner === null ? nameScope(node.type, node.parent) : undefined;
  return scope === undefined ? undefined : keyOf(scope, node.name);
}

function keyOf(scope: string, name: string): string {
  return `${scope}:${name.toLowerCase()}`;
}
