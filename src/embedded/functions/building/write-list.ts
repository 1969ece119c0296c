import { asJsonObject, asString, isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';
import type { ListFacts, ProjectModel, WwiseObject } from '../../model/model.ts';
import { holdsLinks, type ListForm } from '../../model/structure/list-forms.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';
import type { BuildContext, Built, Fill } from './build-context.ts';
import { linkItem, writeEntry, writeFormerEffect } from './write-former-item.ts';
import { refuseUndriven, unknownMember } from './write-member.ts';

/**
 * Fills a list, after the present items or instead of them, in the way the project's schema writes it: with new local objects
 * (RTPC, EffectSlot, Marker, ...), with links to objects elsewhere, or with the four effects of former versions.
 */
export function writeList(
  context: BuildContext,
  owner: WwiseObject,
  list: string,
  value: Json,
  fill: Fill,
): readonly Built[] {
  const { model } = context.project;
  const facts = model.facts(owner)?.list(list);
  if (facts === undefined) throw unknownMember(model, owner, list, 'list');
  const form = knownForm(model, owner, facts.name);
  const takesLinks = holdsLinks(form);
  if (
    !Array.isArray(value) ||
    !value.every((entry) => isJsonObject(entry) || (takesLinks && isText(entry)))
  ) {
    throw waapiErrors.invalidArguments(
      `List ${facts.name} takes an array of objects with "type" and "name"${takesLinks ? ', or of object designators' : ''}.`,
      { list },
    );
  }
  if (context.listMode === 'replaceAll') context.editor.clearList(owner, facts.name);
  return value.map((entry) => {
    if (takesLinks) return linkItem(context, owner, facts, entry);
    const spec = asJsonObject(entry);
    const type = checkedItemType(model, facts, spec);
    if (form === 'entries') return writeEntry(context, owner, spec);
    if (form === 'fourReferences') return writeFormerEffect(context, owner, spec, fill);
    const property = asString(spec['@PropertyName']);
    // Up to 2021.1 an RTPC stands inside the property it drives: without one there is nowhere to write it.
    if (form === 'inProperty' && property === undefined)
      throw waapiErrors.invalidArguments('An RTPC needs @PropertyName: the property it drives.', { list });
    if (form === 'inProperty') refuseUndriven(model, owner, property ?? '');
    const name = asString(spec.name) ?? '';
    const item = context.editor.createInList(owner, facts.name, { type, name, property });
    return fill(context, item, spec);
  });
}

function isText(value: Json): boolean {
  return typeof value === 'string';
}

function checkedItemType(model: ProjectModel, facts: ListFacts, spec: JsonObject): string {
  const type = model.typeName(asString(spec.type) ?? '') ?? asString(spec.type) ?? '';
  if (facts.types === undefined || facts.types.includes(type)) return type;
  throw waapiErrors.invalidArguments(`List ${facts.name} takes ${facts.types.join(' or ')}, not ${type}.`, {
    list: facts.name,
    type,
  });
}

/** The form the project's schema gives a list; refuses one whose layout in such old files is not known. */
export function knownForm(model: ProjectModel, owner: WwiseObject, list: string): ListForm {
  const form = model.listForm(owner, list);
  if (form !== undefined) return form;
  const { schema, year, major } = model.version;
  throw waapiErrors.invalidArguments(
    `This engine does not write the list ${list} in the file format of Wwise ${year}.${major}; nothing was changed.`,
    { object: owner.id, list, schema },
  );
}
