import { atOnce } from '../../core/turns/turns.ts';
import type { Deleting } from './folders/delete-files.ts';
import type { Folders } from './folders/folders.ts';
import type { OpenedProject } from './opened-project.ts';
import type { WorkInSteps } from './work-in-steps.ts';
import type { WorkUnits } from './work-units/work-units.ts';

/** What works on files of the project. */
interface FileWork {
  readonly workUnits: WorkUnits;
  readonly places: Folders;
  readonly deleting: Deleting;
}

/** `settled`: what is done around each. */
export function workInSteps(
  { workUnits, places, deleting }: FileWork,
  settled: <T>(work: () => Generator<void, T>) => Generator<void, T>,
): WorkInSteps {
  return {
    createWorkUnit: (parent, name) => settled(() => workUnits.create(parent, name)),
    copyWithFiles: (object, newParent, name) => settled(() => workUnits.copy(object, newParent, name)),
    moveWorkUnit: (workUnit, newParent) => settled(() => workUnits.move(workUnit, newParent)),
    deleteWorkUnit: (workUnit) => settled(() => deleting.workUnit(workUnit)),
    createPhysicalFolder: (parent, name) => settled(() => places.create(parent, name)),
    movePhysicalFolder: (folder, newParent) => settled(() => places.move(folder, newParent)),
    deletePhysicalFolder: (folder) => settled(() => deleting.folder(folder)),
  };
}

/** The same without pauses. */
export function workAtOnce(inSteps: WorkInSteps): Pick<OpenedProject, keyof WorkInSteps> {
  return {
    createWorkUnit: (parent, name) => atOnce(inSteps.createWorkUnit(parent, name)),
    copyWithFiles: (object, newParent, name) => atOnce(inSteps.copyWithFiles(object, newParent, name)),
    moveWorkUnit: (workUnit, newParent) => atOnce(inSteps.moveWorkUnit(workUnit, newParent)),
    deleteWorkUnit: (workUnit) => atOnce(inSteps.deleteWorkUnit(workUnit)),
    createPhysicalFolder: (parent, name) => atOnce(inSteps.createPhysicalFolder(parent, name)),
    movePhysicalFolder: (folder, newParent) => atOnce(inSteps.movePhysicalFolder(folder, newParent)),
    deletePhysicalFolder: (folder) => atOnce(inSteps.deletePhysicalFolder(folder)),
  };
}
