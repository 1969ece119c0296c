import { didYouMean } from '../../../core/text/nearest.ts';
import type { ModelEditor } from '../../model/editor.ts';
import type { ProjectModel, WwiseObject } from '../../model/model.ts';
import { nameRefusal } from '../../model/naming/guarded-laws.ts';
import { childByName } from '../../model/naming/sibling-names.ts';
import { aOrAn } from '../../protocol/a-or-an.ts';
import { ImportProblem } from './import-problem.ts';

/** Where an Event is, or will be made. */
export interface EventHome {
  readonly parent: WwiseObject;
  /** Virtual folders to make below it. */
  readonly folders: readonly string[];
  readonly name: string;
  readonly existing: WwiseObject | undefined;
}

/** The Event an import asks for: found or to be made. */
export interface EventPlan extends EventHome {
  /** Value of the Action's ActionType: 1 Play, 2 Stop. */
  readonly actionType: number;
}

/**
 * Reads `\Events\Default Work Unit\Weapons\Play_Rifle@Play`: a path, or one below the Default Work Unit, and the action
 * after the `@` (Play when left out). Throws ImportProblem; changes nothing.
 */
export function planImportEvent(text: string, model: ProjectModel): EventPlan {
  const at = text.lastIndexOf('@');
  const home = planEventHome(at < 0 ? text : text.slice(0, at), '\\Events', 'Event', model);
  return { ...home, actionType: findActionType(at < 0 ? 'Play' : text.slice(at + 1), model) };
}

/**
 * Finds where an Event or Dialogue Event is to be by its path below `rootPath`, or below the Default Work Unit there when it
 * does not start with a backslash. Throws ImportProblem; changes nothing.
 */
export function planEventHome(
  path: string,
  rootPath: string,
  type: 'Event' | 'DialogueEvent',
  model: ProjectModel,
): EventHome {
  const absolute = path.startsWith('\\') ? path : `${rootPath}\\Default Work Unit\\${path}`;
  const names = absolute.split('\\').map((part) => part.replace(/^<[^<>]*>/, ''));
  const root = names[0] === '' ? model.byPath(`\\${names[1] ?? ''}`) : undefined;
  if (root === undefined || root !== model.byPath(rootPath)) {
    throw new ImportProblem(`The event "${path}" does not start with "${rootPath}\\".`);
  }
  const below = names.slice(2);
  const name = below.pop();
  if (name === undefined || name === '' || below.includes(''))
    throw new ImportProblem(`The event "${path}" names no ${type}.`);
  const { parent, folders } = planFolders(root, below, path, model);
  const existing = folders.length === 0 ? childByName(parent, name) : undefined;
  if (existing !== undefined && existing.type !== type) {
    throw new ImportProblem(`${model.path(existing)} is ${aOrAn(existing.type)}, not ${aOrAn(type)}.`);
  }
  const refusal = existing === undefined ? nameRefusal(model, type, parent, name) : undefined;
  if (refusal !== undefined) throw new ImportProblem(refusal);
  return { parent, folders, name, existing };
}

/** Makes an Event or Dialogue Event unless there is one, with the missing folders above it. Gives it and what was created. */
export function makeEvent(
  home: EventHome,
  type: 'Event' | 'DialogueEvent',
  editor: ModelEditor,
): { readonly created: readonly WwiseObject[]; readonly event: WwiseObject } {
  const created: WwiseObject[] = [];
  let { parent } = home;
  for (const name of home.folders) {
    // Another event of the same import may have made it meanwhile.
    const present = childByName(parent, name);
    parent = present ?? editor.create(parent, { type: 'Folder', name });
    if (present === undefined) created.push(parent);
  }
  const present = home.existing ?? childByName(parent, home.name);
  if (present !== undefined) return { created, event: present };
  const event = editor.create(parent, { type, name: home.name });
  return { created: [...created, event], event };
}

/** Makes the Event with an Action on `target`, or adds the Action to it unless it has it. Gives what was created. */
export function addImportEvent(
  plan: EventPlan,
  target: WwiseObject,
  model: ProjectModel,
  editor: ModelEditor,
): readonly WwiseObject[] {
  const { created, event } = makeEvent(plan, 'Event', editor);
  const hasAction = event.children.some(
    (action) =>
      model.property(action, 'ActionType') === plan.actionType &&
      model.reference(action, 'Target')?.id === target.id,
  );
  if (!hasAction) {
    const action = editor.create(event, { type: 'Action', name: '' });
    editor.setProperty(action, 'ActionType', plan.actionType);
    editor.setReference(action, 'Target', target);
  }
  return created;
}

function planFolders(
  root: WwiseObject,
  names: readonly string[],
  text: string,
  model: ProjectModel,
): { parent: WwiseObject; folders: string[] } {
  let parent = root;
  const folders: string[] = [];
  for (const name of names) {
    const next = folders.length === 0 ? childByName(parent, name) : undefined;
    if (next === undefined) folders.push(name);
    else parent = next;
  }
  if (parent === root) {
    throw new ImportProblem(
      `The event "${text}" lies in no existing Work Unit of ${model.path(root)}; the Work Units are ${root.children.map((unit) => unit.name).join(', ')}.`,
    );
  }
  if (parent.type !== 'WorkUnit' && parent.type !== 'Folder') {
    throw new ImportProblem(
      `${model.path(parent)} is ${aOrAn(parent.type)}: an Event cannot be created in it.`,
    );
  }
  return { parent, folders };
}

/** Labels of the object reference are menu paths: `/Stop/Stop All` is the action `Stop All`. */
function findActionType(action: string, model: ProjectModel): number {
  const choices = model.factsOf('Action')?.property('ActionType')?.enum ?? [];
  const named = choices.map(({ value, label }) => ({ value, name: label.slice(label.lastIndexOf('/') + 1) }));
  const found = named.find(({ name }) => name.toLowerCase() === action.trim().toLowerCase());
  if (typeof found?.value === 'number') return found.value;
  throw new ImportProblem(
    `"${action}" is not an action of Events.${didYouMean(
      action,
      named.map(({ name }) => name),
    )}`,
  );
}
