import type { ModelEditor } from '../../model/editor.ts';
import type { WwiseObject } from '../../model/model.ts';
import { isPhysicalFolder } from '../../model/types/hierarchy-rules.ts';
import type { OpenedProject } from '../../project/opened-project.ts';
import { refusalMessage } from '../../protocol/waapi-errors.ts';
import { isPhysicalFolderType } from './import-homes.ts';
import { ImportProblem } from './import-problem.ts';
import type { ImportTarget } from './import-target.ts';
import { type ImportType, nodeTypeValues } from './import-types.ts';

/** What an import has created above its target. */
export interface MadeAbove {
  readonly created: readonly WwiseObject[];
  /** What of the plan is missing still. */
  readonly missing: ImportTarget['missing'];
}

/**
 * Makes the folders and Work Units of the way, and what lies between them. Each is on disk at once, as those that
 * object.create makes, so this comes before the rest. Throws ImportProblem when one cannot be made; those before it are
 * gone again then. In steps.
 */
export function* makeWorkUnits(
  planned: ImportTarget,
  project: OpenedProject,
  editor: ModelEditor,
): Generator<void, MadeAbove> {
  const count = planned.missing.findLastIndex(({ type }) => type === 'WorkUnit') + 1;
  const created: WwiseObject[] = [];
  try {
    for (const wanted of planned.missing.slice(0, count))
      created.push(yield* createObject(created.at(-1) ?? planned.parent, wanted, false, project, editor));
  } catch (failure) {
    yield* removeWorkUnits(created, project);
    throw failure;
  }
  return { created, missing: planned.missing.slice(count) };
}

/** Takes away what `makeWorkUnits` made, when the import fails afterwards. In steps. */
export function* removeWorkUnits(
  created: MadeAbove['created'],
  { inSteps }: OpenedProject,
): Generator<void, void> {
  const [top] = created;
  if (top?.type !== 'WorkUnit') return;
  if (isPhysicalFolder(top)) yield* inSteps.deletePhysicalFolder(top);
  else yield* inSteps.deleteWorkUnit(top);
}

/** Makes what is missing still. `created` are the new containers above the target. In steps. */
export function* createTarget(
  planned: ImportTarget,
  above: MadeAbove,
  isVoice: boolean,
  project: OpenedProject,
  editor: ModelEditor,
): Generator<void, { created: WwiseObject[]; target: WwiseObject }> {
  const created = [...above.created];
  for (const wanted of above.missing)
    created.push(yield* createObject(created.at(-1) ?? planned.parent, wanted, false, project, editor));
  if (planned.action === 'reuse' && planned.existing !== undefined)
    return { created, target: planned.existing };
  if (planned.existing !== undefined) yield* editor.removeSteps(planned.existing);
  const parent = created.at(-1) ?? planned.parent;
  return { created, target: yield* createObject(parent, planned, isVoice, project, editor) };
}

function* createObject(
  parent: WwiseObject,
  wanted: ImportType & { readonly name: string },
  isVoice: boolean,
  project: OpenedProject,
  editor: ModelEditor,
): Generator<void, WwiseObject> {
  if (wanted.type === 'WorkUnit') return yield* createWorkUnit(parent, wanted, project);
  const object = editor.create(parent, { type: wanted.type, name: wanted.name });
  for (const [name, value] of nodeTypeValues(wanted.implies, isVoice))
    editor.setProperty(object, name, value);
  return object;
}

function* createWorkUnit(
  parent: WwiseObject,
  wanted: ImportType & { readonly name: string },
  { inSteps }: OpenedProject,
): Generator<void, WwiseObject> {
  try {
    return isPhysicalFolderType(wanted)
      ? yield* inSteps.createPhysicalFolder(parent, wanted.name)
      : yield* inSteps.createWorkUnit(parent, wanted.name);
  } catch (failure) {
    // A file in the way, or a folder that may not be written: what one entry of an import runs into.
    const message = refusalMessage(failure);
    throw message === undefined ? failure : new ImportProblem(message);
  }
}
