import { isFormerMember } from '../../../model/legacy/legacy-facts.ts';
import type { ProjectModel } from '../../../model/model.ts';
import { accessors } from '../../accessors/catalog.ts';
import type { Kind } from '../value.ts';

/**
 * What a property, reference or list name yields, when every type that has it agrees; `unknown` for the others and for
 * custom properties.
 */
export function memberKind(model: ProjectModel, name: string): Kind {
  let kinds = kindsOf.get(model);
  if (kinds === undefined) {
    kinds = readKinds(model);
    kindsOf.set(model, kinds);
  }
  return kinds.get(name.toLowerCase()) ?? 'unknown';
}

/** True when some type, accessor aside, or the project itself has a property, reference or list of this name. */
export function isMember(model: ProjectModel, name: string): boolean {
  return (
    model.knowsMember(name) || (model.version.year <= lastYearOfEffectReferences && effectMember.test(name))
  );
}

/** True for what types had in another version of Wwise: nothing has it, and no row does (documented of members that do not apply). */
export function isMemberOfOtherVersion(name: string): boolean {
  return effectMember.test(name) || isFormerMember(name, beforeAllSchemas);
}

const beforeAllSchemas = 0;

// Up to 2022.1 the four effects were references of their own, with two flags each; since 2023.1 they are the list Effects.
const lastYearOfEffectReferences = 2022;
const effectMember = /^(?:bypass|render)?effect[0-3]$/i;

/** Everything a path step may be called: candidates for a did-you-mean. */
export function* knownNames(model: ProjectModel): Generator<string> {
  // Names of old lead to the accessors of today: those count once.
  const seen = new Set(Array.from(accessors.values(), ({ name }) => name));
  yield* seen;
  for (const facts of model.allFacts()) {
    for (const { name } of [...facts.properties(), ...facts.references(), ...facts.lists()]) {
      if (seen.has(name)) continue;
      seen.add(name);
      yield name;
    }
  }
}

// The table of types belongs to the model and does not change while the model lives.
const kindsOf = new WeakMap<ProjectModel, Map<string, Kind>>();

function readKinds(model: ProjectModel): Map<string, Kind> {
  const kinds = new Map<string, Kind>();
  const note = (name: string, kind: Kind): void => {
    const key = name.toLowerCase();
    const known = kinds.get(key);
    kinds.set(key, known === undefined || known === kind ? kind : 'unknown');
  };
  for (const facts of model.allFacts()) {
    for (const { name } of facts.properties()) note(name, 'value');
    for (const { name } of facts.references()) note(name, 'object');
    for (const { name } of facts.lists()) note(name, 'objects');
  }
  return kinds;
}
