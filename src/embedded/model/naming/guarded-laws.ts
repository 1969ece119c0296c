import { aOrAn } from '../../protocol/a-or-an.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';
import type { ModelEditor } from '../editor.ts';
import type { ProjectModel, WwiseObject } from '../model.ts';
import { isKnownMisfit } from '../types/hierarchy-rules.ts';
import { nameProblem, nearestValidName } from './name-rules.ts';
import { freeChildName } from './sibling-names.ts';

/** An editor that refuses names and parents which Wwise would not keep, whoever asks: what a function forgot is not written. */
export function guardLaws(editor: ModelEditor, model: ProjectModel): ModelEditor {
  return {
    ...editor,
    create(parent, spec) {
      if (isKnownMisfit(spec.type, parent)) throw misfit(model, spec.type, parent);
      refuse(model, spec.type, parent, spec.name);
      return editor.create(parent, spec);
    },
    rename(object, name) {
      const { parent, type } = object;
      if (parent !== null && object.name.toLowerCase() !== name.toLowerCase())
        refuse(model, type, parent, name, object);
      editor.rename(object, name);
    },
  };
}

function misfit(model: ProjectModel, type: string, parent: WwiseObject): Error {
  return waapiErrors.invalidArguments(
    `Object of type ${type} cannot be created below ${model.path(parent)} (${aOrAn(parent.type)}).`,
    { type, parent: parent.id },
  );
}

/** Why a new object of the type cannot have the name below that parent, in a sentence with one it could have. */
export function nameRefusal(
  model: ProjectModel,
  type: string,
  parent: WwiseObject,
  name: string,
): string | undefined {
  try {
    refuse(model, type, parent, name);
    return undefined;
  } catch (refusal) {
    return refusal instanceof Error ? refusal.message : String(refusal);
  }
}

function refuse(
  model: ProjectModel,
  type: string,
  parent: WwiseObject,
  name: string,
  except?: WwiseObject,
): void {
  const problem = nameProblem(name, type);
  if (problem !== undefined) {
    const candidate = nearestValidName(name, type);
    throw waapiErrors.invalidName(`"${name}" ${problem} Use "${candidate}".`, name, type, candidate);
  }
  const [taken] = model.namesakes(type, parent, name).filter((one) => one !== except);
  if (taken === undefined) return;
  const free = freeChildName(name, parent, (one) => model.namesakes(type, parent, one).length > 0);
  throw waapiErrors.nameInUse('', name, type, model.path(taken), free);
}
