import type { Json } from '../../../core/json.ts';
import { nullGuid } from '../../../core/null-guid.ts';
import { nearest } from '../../../core/text/nearest.ts';
import type { ModelEditor } from '../../model/editor.ts';
import type { ProjectModel, ReferenceFacts, WwiseObject } from '../../model/model.ts';
import { lookUpObject } from '../../model/naming/resolve-object.ts';
import { firstSlotSchema } from '../../model/structure/list-forms.ts';
import { checkValue } from '../../model/types/check-value.ts';
import { aOrAn } from '../../protocol/a-or-an.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';

/** Sets a property after checking that the type has it, that it takes the value and that the platform exists. */
export function writeCheckedProperty(
  model: ProjectModel,
  editor: ModelEditor,
  object: WwiseObject,
  property: string,
  value: Json,
  platform: string | undefined,
): void {
  const facts = model.facts(object)?.property(property);
  if (facts === undefined) {
    const present = model.property(object, property);
    if (present === undefined || typeof value !== typeof present)
      throw unknownMember(model, object, property, 'property');
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      editor.setProperty(object, property, value, checkedPlatform(model, platform));
    }
    return;
  }
  if (object.type === 'RTPC' && facts.name === 'PropertyName' && object.owner !== null)
    refuseUndriven(model, object.owner, String(value));
  const checked = checkValue(facts, value);
  if (!checked.ok)
    throw waapiErrors.invalidProperty(checked.problem, { object: object.id, property: facts.name });
  if (platform !== undefined && !facts.unlink) {
    throw waapiErrors.invalidProperty(
      `Property ${facts.name} cannot be unlinked: it has one value for all platforms.`,
      {
        object: object.id,
        property: facts.name,
      },
    );
  }
  editor.setProperty(object, facts.name, checked.value, checkedPlatform(model, platform));
}

/** Up to 2021.1 an RTPC stands inside the property it drives: it drives one that the object has. */
export function refuseUndriven(model: ProjectModel, owner: WwiseObject, property: string): void {
  if (model.listForm(owner, 'RTPC') !== 'inProperty' || model.property(owner, property) !== undefined) return;
  throw unknownMember(model, owner, property, 'property');
}

/** Points a reference at the object a designator names; null and the null GUID clear it. */
export function writeCheckedReference(
  model: ProjectModel,
  editor: ModelEditor,
  object: WwiseObject,
  reference: string,
  designator: string | null,
): void {
  const facts = model.facts(object)?.reference(reference);
  const known = facts !== undefined || model.reference(object, reference) !== undefined;
  // The one reference of a project came with 2025.1; files of before have no element for it.
  const isTooNew = object.type === 'Project' && model.version.schema < firstSlotSchema;
  if (!known || isTooNew) throw unknownMember(model, object, reference, 'reference');
  const name = facts?.name ?? reference;
  if (designator === null || designator === nullGuid) {
    if (facts?.notNull === true) {
      throw waapiErrors.invalidReference(`Reference ${name} must point at an object: it cannot be cleared.`, {
        object: object.id,
        reference: name,
      });
    }
    editor.setReference(object, name, null);
    return;
  }
  const target = referenceTarget(model, object, name, facts, designator);
  // Of the slots of a playlist alone: in files they are inner objects of a plug-in, as the others.
  if (name === 'PlaylistObject' && object.owner !== null) refuseStranger(model, object.owner, target);
  if (model.reference(object, name) === target) return;
  refuseCustom(model, object, name, target);
  editor.setReference(object, name, target);
}

/** A container plays what it holds: its playlist has its own children, as in the window of Wwise. */
export function refuseStranger(model: ProjectModel, owner: WwiseObject, target: WwiseObject): void {
  if (target.parent === owner) return;
  throw waapiErrors.invalidReference(
    `The playlist of ${model.path(owner)} takes its own children; ${model.path(target)} is none of them.`,
    { object: owner.id, reference: 'PlaylistObject', value: target.id },
  );
}

/** A custom object lives inside the one reference that holds it: it goes with it, and nothing else can point at it. */
function refuseCustom(
  model: ProjectModel,
  object: WwiseObject,
  reference: string,
  target: WwiseObject,
): void {
  const { owner } = target;
  if (owner === null || target.parent !== null) return;
  const holder = model.facts(owner)?.references() ?? [];
  if (!holder.some(({ name }) => model.reference(owner, name) === target)) return;
  throw waapiErrors.invalidReference(
    `${model.path(target)} is a custom ${target.type} of ${model.path(owner)} and cannot be shared: make a ShareSet of it.`,
    { object: object.id, reference, value: target.id },
  );
}

/** The object a designator names, checked to be of a type the reference takes. */
export function referenceTarget(
  model: ProjectModel,
  object: WwiseObject,
  name: string,
  facts: ReferenceFacts | undefined,
  designator: string,
): WwiseObject {
  const target = lookUpObject(model, designator);
  if (target === undefined) throw waapiErrors.unknownObject(designator);
  if (facts?.types === undefined || facts.types.includes(target.type)) return target;
  throw waapiErrors.invalidReference(
    `Reference ${name} takes ${facts.types.map(aOrAn).join(' or ')}; ${model.path(target)} is ${aOrAn(target.type)}.`,
    { object: object.id, reference: name, value: target.id },
  );
}

/** "Unknown" in the words of Wwise; for whoever reads the details, what it is if not that, and the nearest names. */
export function unknownMember(
  model: ProjectModel,
  object: WwiseObject,
  member: string,
  kind: 'property' | 'reference' | 'list',
): Error {
  const facts = model.facts(object);
  const make = kind === 'reference' ? waapiErrors.invalidReference : waapiErrors.invalidProperty;
  const message = `The ${kind} ${member} is unknown on object type ${object.type}.`;
  const details = { object: object.id, [kind]: member };
  if (kind === 'property' && facts?.reference(member) !== undefined)
    return make(message, { ...details, reasons: [`${member} is a reference: ${setBy.reference}.`] });
  if (kind !== 'list' && facts?.list(member) !== undefined)
    return make(message, { ...details, reasons: [`${member} is a list: ${setBy.list}.`] });
  if (kind !== 'property' && facts?.property(member) !== undefined)
    return make(message, { ...details, reasons: [`${member} is a property: ${setBy.property}.`] });
  const names = [...(facts?.properties() ?? []), ...(facts?.references() ?? []), ...(facts?.lists() ?? [])];
  const candidates = nearest(
    member,
    names.map(({ name }) => name),
  );
  return make(message, { ...details, candidates });
}

const setBy = {
  property: 'use ak.wwise.core.object.setProperty',
  reference: 'use ak.wwise.core.object.setReference, or give the object it refers to',
  list: 'use ak.wwise.core.object.set with a list',
} as const;

/** The platform's name; undefined for none and for the null GUID. Throws for a platform the project does not have. */
export function checkedPlatform(model: ProjectModel, platform: string | undefined): string | undefined {
  if (platform === undefined || platform === nullGuid) return undefined;
  const found = model.platforms.find(({ id, name }) => id === platform.toUpperCase() || name === platform);
  if (found === undefined) {
    throw waapiErrors.invalidArguments(`Platform ${platform} is unknown.`, {
      platform,
      platforms: model.platforms.map(({ name }) => name),
    });
  }
  return found.name;
}
