import type { ListFacts, PropertyFacts, ReferenceFacts, TypeFacts } from '../model.ts';
import { type RawType, typeTable } from './types.gen.ts';

/** Facts of a type by name, without case. Legacy names (`ActorMixer`) find the type of today. */
export function factsOfType(name: string): TypeFacts | undefined {
  return byName.get(name.toLowerCase());
}

/** Facts of a type or plug-in by class id: (pluginId << 16) | (companyId << 4) | pluginType. */
export function factsOfClassId(classId: number): TypeFacts | undefined {
  return byClassId.get(classId);
}

export function allTypeFacts(): readonly TypeFacts[] {
  return [...new Set(byName.values())];
}

/** True when some type or plug-in has a property, reference or list of this name. Without case. */
export function someTypeHas(member: string): boolean {
  memberNames ??= new Set(
    typeTable.flatMap((type) =>
      [...type.properties, ...type.references, ...type.lists].map((m) => m.name.toLowerCase()),
    ),
  );
  return memberNames.has(member.toLowerCase());
}

/** True when some type or plug-in has a reference of this name. Without case. */
export function someTypeRefers(member: string): boolean {
  referenceNames ??= new Set(
    typeTable.flatMap(({ references }) => references.map((m) => m.name.toLowerCase())),
  );
  return referenceNames.has(member.toLowerCase());
}

/** The node types that may stand for a type (`Sound SFX`, `Random Container`), with the property values they imply. */
export function documentedNodeType(
  name: string,
): { readonly type: string; readonly implies: Readonly<Record<string, boolean>> } | undefined {
  const wanted = name.toLowerCase();
  for (const type of typeTable) {
    for (const [label, implies] of Object.entries(type.nodeTypes ?? {})) {
      if (label.toLowerCase() === wanted) return { type: type.name, implies };
    }
  }
  const further = furtherNodeTypes.get(wanted);
  return further === undefined ? undefined : { type: further, implies: {} };
}

/** Node types that Wwise takes although the object reference lists them under no type. */
const furtherNodeTypes = new Map([
  ['virtual folder', 'Folder'],
  ['actor-mixer', 'ActorMixer'],
]);

/** A type whose members are those of a base type and of a plug-in together. */
export function mergeFacts(base: TypeFacts, plugin: TypeFacts): TypeFacts {
  return {
    name: base.name,
    kind: base.kind,
    classId: plugin.classId,
    properties: () => [...base.properties(), ...plugin.properties()],
    references: () => [...base.references(), ...plugin.references()],
    lists: () => [...base.lists(), ...plugin.lists()],
    property: (name) => base.property(name) ?? plugin.property(name),
    reference: (name) => base.reference(name) ?? plugin.reference(name),
    list: (name) => base.list(name) ?? plugin.list(name),
  };
}

/** The same facts under another type name: `ActorMixer` has those of `PropertyContainer`. */
export function renamedFacts(facts: TypeFacts, name: string): TypeFacts {
  return { ...facts, name };
}

let memberNames: Set<string> | undefined;
let referenceNames: ReadonlySet<string> | undefined;
const byName = new Map<string, TypeFacts>();
const byClassId = new Map<number, TypeFacts>();
for (const raw of typeTable) {
  const facts = typeFacts(raw);
  byName.set(raw.name.toLowerCase(), facts);
  for (const legacy of raw.legacyNames ?? []) byName.set(legacy.toLowerCase(), facts);
  if (!byClassId.has(raw.classId)) byClassId.set(raw.classId, facts);
}

function typeFacts(raw: RawType): TypeFacts {
  const properties = lookup<PropertyFacts>(raw.properties);
  const references = lookup<ReferenceFacts>(raw.references);
  const lists = lookup<ListFacts>(raw.lists);
  return {
    name: raw.name,
    kind: raw.kind,
    classId: raw.classId,
    properties: () => raw.properties,
    references: () => raw.references,
    lists: () => raw.lists,
    property: properties,
    reference: references,
    list: lists,
  };
}

function lookup<T extends { readonly name: string }>(members: readonly T[]): (name: string) => T | undefined {
  let table: Map<string, T> | undefined;
  return (name) => {
    table ??= new Map(members.map((member) => [member.name.toLowerCase(), member]));
    return table.get(name.toLowerCase());
  };
}
