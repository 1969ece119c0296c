import { own } from '../model/index/own.ts';
import { isFileDirty } from '../model/index/project-file.ts';
import type { ModelChange, WwiseObject } from '../model/model.ts';
import { pathOf } from '../model/naming/paths.ts';
import type { OpenedProject } from '../project/opened-project.ts';

/** An object that unsaved edits created, changed or deleted. */
export interface TouchedObject {
  readonly id: string;
  readonly path: string;
  readonly type: string;
  readonly change: 'created' | 'changed' | 'deleted';
}

/** Remembers which objects were edited since the last save. */
export interface TouchedObjects {
  note(changes: readonly ModelChange[]): void;
  /** Nothing is unsaved any more. */
  clear(): void;
  /** Those with something unsaved. An edit that was undone by another one counts as long as its file is unsaved. */
  in(project: OpenedProject): readonly TouchedObject[];
}

export function createTouchedObjects(): TouchedObjects {
  const touched = new Map<string, TouchedObject & { readonly isNew: boolean }>();

  const add = (object: WwiseObject, change: TouchedObject['change'], path: string): void => {
    const isNew = change === 'created' || touched.get(object.id)?.isNew === true;
    touched.set(object.id, { id: object.id, path, type: object.type, change, isNew });
  };

  return {
    note(changes) {
      for (const change of changes) {
        if (change.kind === 'deleting' || change.kind === 'deleted') {
          if (change.path !== '') add(change.object, 'deleted', change.path);
        } else if (change.kind === 'created') add(change.object, 'created', '');
        else if (change.kind === 'childAdded' || change.kind === 'childRemoved') continue;
        else if ('attenuation' in change) add(change.attenuation, 'changed', '');
        else if ('container' in change) add(change.container, 'changed', '');
        else if ('object' in change) add(change.object, 'changed', '');
      }
    },
    clear: () => touched.clear(),
    in(project) {
      return [...touched.values()].flatMap(({ isNew, ...known }): TouchedObject[] => {
        const object = project.model.byId(known.id);
        if (object === undefined) return isNew || known.path === '' ? [] : [{ ...known, change: 'deleted' }];
        const node = own(object);
        if (!isFileDirty(node.file)) return [];
        return [{ ...known, path: pathOf(node), change: isNew ? 'created' : 'changed' }];
      });
    },
  };
}
