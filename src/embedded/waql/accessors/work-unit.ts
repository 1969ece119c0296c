import type { ProjectModel, WwiseObject } from '../../model/model.ts';
import type { Accessor } from './accessor.ts';
import { isFolder } from './node-type.ts';

/** Facts about Work Units; they apply to nothing else, but the project can have unsaved changes too. */
export const workUnits: readonly Accessor[] = [
  {
    name: 'workunitIsDefault',
    kind: 'value',
    read: (object, { model }) => ofWorkUnit(object, () => isDefault(model, object)),
  },
  {
    name: 'workunitType',
    kind: 'value',
    read: (object, { model }) => ofWorkUnit(object, () => workUnitType(model, object)),
  },
  { name: 'workunitIsDirty', kind: 'value', read: (object, { model }) => isDirty(model, object) },
  {
    name: 'workunitIsLoaded',
    kind: 'value',
    read: (object, { model }) => ofWorkUnit(object, () => model.isLoaded(object)),
  },
];

function ofWorkUnit<T>(object: WwiseObject, read: () => T): T | undefined {
  return object.type === 'WorkUnit' ? read() : undefined;
}

function isDefault(model: ProjectModel, workUnit: WwiseObject): boolean {
  return workUnit.name === 'Default Work Unit' && workUnit.parent?.parent === model.project;
}

function workUnitType(model: ProjectModel, workUnit: WwiseObject): 'folder' | 'rootFile' | 'nestedFile' {
  if (isFolder(model, workUnit)) return 'folder';
  const { parent } = workUnit;
  return parent === null || (parent.type === 'WorkUnit' && isFolder(model, parent))
    ? 'rootFile'
    : 'nestedFile';
}

function isDirty(model: ProjectModel, object: WwiseObject): boolean | undefined {
  return object.type === 'WorkUnit' || object === model.project ? model.isDirty(object) : undefined;
}
