import { asString, type JsonObject } from '../../../core/json.ts';
import type { ModelEditor } from '../../model/editor.ts';
import type { ProjectModel, WwiseObject } from '../../model/model.ts';
import { resolveObject } from '../../model/naming/resolve-object.ts';
import { isPhysicalFolder, misfitBelow, rootOf } from '../../model/types/hierarchy-rules.ts';
import { aOrAn } from '../../protocol/a-or-an.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';
import { asNameConflictMode, type ConflictDecision, decideNameConflict } from '../arguments/name-conflict.ts';

export interface Transfer {
  readonly model: ProjectModel;
  readonly object: WwiseObject;
  readonly parent: WwiseObject;
}

/** What move and copy share: both objects exist, the one fits below the other, and is not put into itself. */
export function resolveTransfer(model: ProjectModel, args: JsonObject): Transfer {
  const object = resolveObject(model, asString(args.object) ?? '');
  const parent = resolveObject(model, asString(args.parent) ?? '');
  if (object.type === 'Project' || object.parent?.type === 'Project') {
    throw waapiErrors.invalidArguments(`${model.path(object)} cannot be moved or copied.`, {
      object: object.id,
    });
  }
  for (let at: WwiseObject | null = parent; at !== null; at = at.parent) {
    if (at === object) {
      throw waapiErrors.invalidArguments(`${model.path(object)} cannot go into itself.`, {
        object: object.id,
        parent: parent.id,
      });
    }
  }
  const misfit = isForeignHome(object, parent) ? { object, below: parent } : misfitBelow(object, parent);
  if (misfit === undefined) return { model, object, parent };
  const inside =
    misfit.object === object ? '' : `, and ${model.path(misfit.object)} would come to stand there`;
  throw waapiErrors.invalidArguments(
    `Object of type ${misfit.object.type} cannot be a child of ${model.path(parent)} (${aOrAn(parent.type)})${inside}.`,
    { object: misfit.object.id, parent: parent.id },
  );
}

/** Files keep to their hierarchy, and a folder to folders. */
function isForeignHome(object: WwiseObject, parent: WwiseObject): boolean {
  if (object.type !== 'WorkUnit') return false;
  return rootOf(object) !== rootOf(parent) || (isPhysicalFolder(object) && !isPhysicalFolder(parent));
}

function decideName(
  { model, object, parent }: Transfer,
  args: JsonObject,
  procedureUri: string,
  except: WwiseObject | undefined,
): ConflictDecision {
  const scope = { model, parent, type: object.type, except };
  return decideNameConflict(scope, object.name, asNameConflictMode(args.onNameConflict), procedureUri);
}

/** The name it will have there; what must make room is removed. In steps. */
export function* makeRoom(
  editor: ModelEditor,
  transfer: Transfer,
  args: JsonObject,
  procedureUri: string,
  except?: WwiseObject,
): Generator<void, string> {
  const { name, existing } = decideName(transfer, args, procedureUri, except);
  if (existing !== undefined) yield* editor.removeSteps(existing);
  return name;
}

/** A Work Unit lives in a file: it moves and copies outside the undo history, and makes no room by deleting another object. */
export function workUnitName(
  transfer: Transfer,
  args: JsonObject,
  procedureUri: string,
  except?: WwiseObject,
): string {
  const { name, existing } = decideName(transfer, args, procedureUri, except);
  if (existing === undefined) return name;
  throw waapiErrors.invalidArguments(
    `Nothing is replaced by a Work Unit or by what holds one: delete ${existing.type} "${existing.name}" first.`,
    { procedureUri },
  );
}

/**
 * Whether Work Units come along in a copy: the object is one, or holds nested ones. Each is a file of its own, which Wwise
 * writes at once: its documentation says of this function that copying a Work Unit saves the project and cannot be undone.
 * Names of Work Units are unique within a physical folder, so the copies of nested ones are renamed.
 * Throws for a physical folder, which is no single object, and for what is not in memory.
 */
export function copiesFiles(model: ProjectModel, object: WwiseObject): boolean {
  if (isPhysicalFolder(object)) {
    throw waapiErrors.invalidArguments(`${model.path(object)} is a physical folder: it cannot be copied.`, {
      object: object.id,
    });
  }
  const workUnits = workUnitsIn(object);
  const unloaded = workUnits.find((workUnit) => !model.isLoaded(workUnit));
  if (unloaded === undefined) return workUnits.length > 0;
  throw waapiErrors.invalidArguments(`${model.path(unloaded)} is unloaded: load its Work Unit first.`, {
    object: unloaded.id,
  });
}

function workUnitsIn(object: WwiseObject): readonly WwiseObject[] {
  const below = object.children.flatMap(workUnitsIn);
  return object.type === 'WorkUnit' ? [object, ...below] : below;
}
