import { asJsonArray, asString, type JsonObject } from '../../../core/json.ts';
import { inTurns } from '../../../core/turns/turns.ts';
import type { ModelEditor } from '../../model/editor.ts';
import { effectMembers, fourEffectSlots } from '../../model/legacy/legacy-effects.ts';
import type { ProjectModel, WwiseObject } from '../../model/model.ts';
import { resolveObject } from '../../model/naming/resolve-object.ts';
import { holdsLinks } from '../../model/structure/list-forms.ts';
import { compareMembers } from '../answers/compare-objects.ts';
import { knownForm } from '../building/write-list.ts';
import { unknownMember } from '../building/write-member.ts';
import { defineFunction } from '../define-function.ts';

/** Pastes what differs of a source onto targets: properties, references and lists, all or the named ones. */
export const objectPasteProperties = defineFunction({
  uri: 'ak.wwise.core.object.pasteProperties',
  async run(args, _options, { project, sessionId, giveWay }) {
    const { model } = project;
    const source = resolveObject(model, asString(args.source) ?? '');
    const isWanted = selection(model, source, args);
    const mode = asString(args.pasteMode) ?? 'replaceEntire';
    function* pasteAll(editor: ModelEditor): Generator<void, void> {
      const targets: WwiseObject[] = [];
      for (const target of asJsonArray(args.targets)) {
        targets.push(resolveObject(model, asString(target) ?? ''));
        yield;
      }
      for (const target of targets) {
        if (target !== source) paste(model, editor, source, target, isWanted, mode);
        yield;
      }
    }
    await project.edit(
      'Paste Properties',
      sessionId,
      (editor) => inTurns(pasteAll(editor), giveWay),
      giveWay,
    );
    return {};
  },
});

function paste(
  model: ProjectModel,
  editor: ModelEditor,
  source: WwiseObject,
  target: WwiseObject,
  isWanted: (member: string) => boolean,
  mode: string,
): void {
  const { properties, references, lists } = compareMembers(model, source, target);
  for (const name of properties.filter(isWanted)) editor.copyProperty(source, target, name);
  for (const name of references.filter(isWanted)) editor.copyReference(source, target, name);
  for (const name of lists.filter(isWanted)) {
    const form = knownForm(model, target, name);
    if (form === 'fourReferences') pasteFourEffects(editor, source, target);
    else if (holdsLinks(form)) pasteLinks(model, editor, source, target, name, mode);
    else if (form === 'entries') pasteEntries(model, editor, source, target, name, mode);
    else pasteList(model, editor, source, target, name, mode);
  }
}

/** `replaceEntire`: the source's list. `addReplace`, `addKeep`: the union, where an item of both is the source's or the target's. */
function pasteList(
  model: ProjectModel,
  editor: ModelEditor,
  source: WwiseObject,
  target: WwiseObject,
  list: string,
  mode: string,
): void {
  const present = [...(model.list(target, list) ?? [])];
  if (mode === 'replaceEntire') for (const item of present) editor.remove(item);
  for (const item of model.list(source, list) ?? []) {
    const twin = present.find((other) => keyOf(model, other) === keyOf(model, item));
    if (mode === 'addKeep' && twin !== undefined) continue;
    if (mode === 'addReplace' && twin !== undefined) editor.remove(twin);
    editor.copyListItem(item, target, list);
  }
}

/** A list of former versions that only points at objects: one that is in both is the same object. */
function pasteLinks(
  model: ProjectModel,
  editor: ModelEditor,
  source: WwiseObject,
  target: WwiseObject,
  list: string,
  mode: string,
): void {
  if (mode === 'replaceEntire') editor.clearList(target, list);
  const present = new Set(model.list(target, list) ?? []);
  for (const item of model.list(source, list) ?? [])
    if (!present.has(item)) editor.linkInList(target, list, item);
}

/** Paths that are no objects: one that is in both leads to what the source's does, unless the target's shall be kept. */
function pasteEntries(
  model: ProjectModel,
  editor: ModelEditor,
  source: WwiseObject,
  target: WwiseObject,
  list: string,
  mode: string,
): void {
  const keyed = (path: readonly WwiseObject[]) => path.map(({ id }) => id).join();
  const kept = mode === 'addKeep' ? model.legacyEntries(target).map(({ path }) => keyed(path)) : [];
  const entries = model.legacyEntries(source);
  if (mode === 'replaceEntire') editor.clearList(target, list);
  for (const { path, audioNode } of entries)
    if (audioNode !== null && !kept.includes(keyed(path))) editor.setLegacyEntry(target, path, audioNode);
}

/** The effects of former versions are four slots, not a list: each is pasted onto the same slot. */
function pasteFourEffects(editor: ModelEditor, source: WwiseObject, target: WwiseObject): void {
  for (const { reference, flags } of fourEffectSlots.map(effectMembers)) {
    editor.copyReference(source, target, reference);
    for (const flag of flags) editor.copyProperty(source, target, flag);
  }
}

/** What makes two items the same thing: an RTPC by the property it drives, others by their name and what they refer to. */
function keyOf(model: ProjectModel, item: WwiseObject): string {
  const property = model.property(item, 'PropertyName');
  if (item.type === 'RTPC' && property !== undefined) return `RTPC ${property}`;
  const targets = (model.facts(item)?.references() ?? []).map(
    ({ name }) => model.reference(item, name)?.name ?? '',
  );
  return [item.type, item.name, ...targets].join('\n');
}

/** Exclusion wins; without an inclusion everything is wanted. Names the source does not have are refused. */
function selection(model: ProjectModel, source: WwiseObject, args: JsonObject): (member: string) => boolean {
  const listed = (value: unknown): readonly string[] | undefined =>
    value === undefined ? undefined : asJsonArray(value).map((name) => String(name).toLowerCase());
  const facts = model.facts(source);
  for (const name of [...(listed(args.inclusion) ?? []), ...(listed(args.exclusion) ?? [])]) {
    if ((facts?.property(name) ?? facts?.reference(name) ?? facts?.list(name)) === undefined)
      throw unknownMember(model, source, name, 'property');
  }
  const inclusion = listed(args.inclusion);
  const exclusion = listed(args.exclusion) ?? [];
  return (member) => {
    const name = member.toLowerCase();
    return !exclusion.includes(name) && (inclusion === undefined || inclusion.includes(name));
  };
}
