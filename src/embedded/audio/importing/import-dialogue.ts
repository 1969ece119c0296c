import { didYouMean } from '../../../core/text/nearest.ts';
import type { ModelEditor } from '../../model/editor.ts';
import type { ProjectModel, WwiseObject } from '../../model/model.ts';
import { childByName } from '../../model/naming/sibling-names.ts';
import { firstListsOfAllSchema, holdsLinks } from '../../model/structure/list-forms.ts';
import { aOrAn } from '../../protocol/a-or-an.ts';
import { type EventHome, makeEvent, planEventHome } from './import-event.ts';
import { ImportProblem } from './import-problem.ts';
import { findGroup } from './import-switch.ts';

/** The path of a Dialogue Event an import leads to its object. */
export interface DialoguePlan extends EventHome {
  /** Its arguments in order, each with the State or Switch of the path, or the group itself for whatever else comes. */
  readonly path: readonly { readonly group: WwiseObject; readonly value: WwiseObject }[];
  readonly probability: number | undefined;
  readonly weight: number | undefined;
}

/**
 * Reads `\Dynamic Dialogue\Default Work Unit\Ev@Path:<State Group:Unit>A.<Switch Group:Floor>*|Probability:80|Weight:20`.
 * `*` is the fallback; arguments of the event that the path leaves out have it too. Throws ImportProblem; changes nothing.
 */
export function planDialogue(text: string, targetType: string, model: ProjectModel): DialoguePlan {
  const playable = model.factsOf('MultiSwitchEntry')?.reference('AudioNode')?.types;
  if (playable?.includes(targetType) === false)
    throw new ImportProblem(
      `A Dialogue Event cannot play ${aOrAn(targetType)}; it plays ${playable.join(', ')}.`,
    );
  const at = text.indexOf('@');
  const eventPath = at < 0 ? text : text.slice(0, at);
  const options = optionsOf(at < 0 ? '' : text.slice(at + 1), text);
  const home = planEventHome(eventPath, '\\Dynamic Dialogue', 'DialogueEvent', model);
  if (model.version.schema < firstListsOfAllSchema) refuseShares(options, text, model);
  const named = steps(options.get('path') ?? '', text, model);
  const present = home.existing === undefined ? [] : groupsOf(home.existing, model);
  const groups = present.length > 0 ? present : named.map(({ group }) => group);
  const strange = named.find(({ group }) => !groups.includes(group));
  if (strange !== undefined) {
    const names = groups.map(({ name }) => name).join(', ');
    throw new ImportProblem(
      `${strange.group.name} is no argument of the Dialogue Event "${eventPath}"; it has ${names}.`,
    );
  }
  const path = groups.map((group) => named.find((step) => step.group === group) ?? { group, value: group });
  return {
    ...home,
    path,
    probability: percent(options.get('probability'), text),
    weight: percent(options.get('weight'), text),
  };
}

/** Up to 2022.1 no file was seen to hold the probability and weight of a path. */
function refuseShares(options: ReadonlyMap<string, string>, text: string, model: ProjectModel): void {
  const { year, major } = model.version;
  const given = ['Probability', 'Weight'].filter((name) => options.has(name.toLowerCase()));
  if (given.length === 0) return;
  throw new ImportProblem(
    `${given.join(' and ')} of the dialogueEvent "${text}" cannot be written in the file format of Wwise ${year}.${major}: leave it out.`,
  );
}

/** Makes the Dialogue Event unless there is one, and lets the path play `target`. Gives what was created. */
export function addDialoguePath(
  plan: DialoguePlan,
  target: WwiseObject,
  model: ProjectModel,
  editor: ModelEditor,
): readonly WwiseObject[] {
  const { created, event } = makeEvent(plan, 'DialogueEvent', editor);
  if ((model.list(event, 'Arguments') ?? []).length === 0) {
    for (const { group } of plan.path) {
      if (holdsLinks(model.listForm(event, 'Arguments'))) {
        editor.linkInList(event, 'Arguments', group);
        continue;
      }
      const slot = editor.createInList(event, 'Arguments', { type: 'ArgumentsSlot', name: '' });
      editor.setReference(slot, 'Argument', group);
    }
  }
  if (model.listForm(event, 'Entries') === 'entries') {
    const path = plan.path.map(({ value }) => value);
    editor.setLegacyEntry(event, path, target);
    return created;
  }
  const entry = findEntry(event, plan, model) ?? makeEntry(event, plan, model, editor);
  if (model.reference(entry, 'AudioNode') !== target) editor.setReference(entry, 'AudioNode', target);
  if (plan.probability !== undefined) editor.setProperty(entry, 'Probability', plan.probability);
  if (plan.weight !== undefined) editor.setProperty(entry, 'Weight', plan.weight);
  return created;
}

function makeEntry(
  event: WwiseObject,
  { path }: DialoguePlan,
  model: ProjectModel,
  editor: ModelEditor,
): WwiseObject {
  const entry = editor.createInList(event, 'Entries', { type: 'MultiSwitchEntry', name: '' });
  for (const { value } of path) {
    if (holdsLinks(model.listForm(entry, 'EntryPath'))) {
      editor.linkInList(entry, 'EntryPath', value);
      continue;
    }
    const slot = editor.createInList(entry, 'EntryPath', { type: 'EntryPathSlot', name: '' });
    editor.setReference(slot, 'EntryPathObject', value);
  }
  return entry;
}

/** A path leads to one object. */
function findEntry(event: WwiseObject, { path }: DialoguePlan, model: ProjectModel): WwiseObject | undefined {
  return (model.list(event, 'Entries') ?? []).find((entry) => {
    const steps = heldBy(entry, 'EntryPath', 'EntryPathObject', model);
    return steps.length === path.length && steps.every((step, at) => step === path[at]?.value);
  });
}

function groupsOf(event: WwiseObject, model: ProjectModel): readonly WwiseObject[] {
  return heldBy(event, 'Arguments', 'Argument', model);
}

/** What a list's slots hold, or its links point at. */
function heldBy(
  owner: WwiseObject,
  list: string,
  reference: string,
  model: ProjectModel,
): readonly WwiseObject[] {
  const items = model.list(owner, list) ?? [];
  if (holdsLinks(model.listForm(owner, list))) return items;
  return items.flatMap((slot) => model.reference(slot, reference) ?? []);
}

/** `Path:...|Probability:80|Weight:20`, names without case. */
function optionsOf(text: string, whole: string): ReadonlyMap<string, string> {
  const options = new Map<string, string>();
  for (const part of text.split('|')) {
    if (part.trim() === '') continue;
    const [, name = '', value = ''] = /^\s*([a-z]+)\s*:(.*)$/is.exec(part) ?? [];
    if (!knownOptions.includes(name.toLowerCase())) {
      throw new ImportProblem(
        `"${part.trim()}" of the dialogueEvent "${whole}" is none of Path:, Probability: and Weight:.${didYouMean(name, knownOptions)}`,
      );
    }
    options.set(name.toLowerCase(), value.trim());
  }
  return options;
}

const knownOptions = ['path', 'probability', 'weight'];

function percent(text: string | undefined, whole: string): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (text !== '' && Number.isInteger(number) && number >= 0 && number <= 100) return number;
  throw new ImportProblem(`"${text}" in the dialogueEvent "${whole}" is not a whole number from 0 to 100.`);
}

function steps(text: string, whole: string, model: ProjectModel): DialoguePlan['path'] {
  if (text === '') return [];
  // A name may hold a dot: the next step begins with its group.
  return text.split(/\.(?=\s*<)/).map((step) => {
    const match = /^\s*<\s*(Switch Group|State Group|SwitchGroup|StateGroup)\s*:([^<>]+)>(.+)$/i.exec(step);
    if (match === null) {
      throw new ImportProblem(
        `"${step}" in the dialogueEvent "${whole}" is not written "<State Group:Name>State" or "<Switch Group:Name>Switch".`,
      );
    }
    const group = findGroup(match[1] ?? '', (match[2] ?? '').trim(), `dialogueEvent "${whole}"`, model);
    const name = (match[3] ?? '').trim();
    const value = name === '*' ? group : childByName(group, name);
    if (value !== undefined) return { group, value };
    const names = group.children.map((child) => child.name);
    throw new ImportProblem(
      `${model.path(group)} has no "${name}"; it has ${names.join(', ') || 'nothing'}.${didYouMean(name, names)}`,
    );
  });
}
