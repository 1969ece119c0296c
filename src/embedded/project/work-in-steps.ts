import type { WwiseObject } from '../model/model.ts';

/** What is on disk at once, in steps: see core/turns/turns.ts. Nothing may be edited meanwhile, and no step may be left out. */
export interface WorkInSteps {
  createWorkUnit(parent: WwiseObject, name: string): Generator<void, WwiseObject>;
  copyWithFiles(object: WwiseObject, newParent: WwiseObject, name: string): Generator<void, WwiseObject>;
  moveWorkUnit(workUnit: WwiseObject, newParent: WwiseObject): Generator<void, void>;
  deleteWorkUnit(workUnit: WwiseObject): Generator<void, void>;
  createPhysicalFolder(parent: WwiseObject, name: string): Generator<void, WwiseObject>;
  movePhysicalFolder(folder: WwiseObject, newParent: WwiseObject): Generator<void, void>;
  deletePhysicalFolder(folder: WwiseObject): Generator<void, void>;
}
