import type { ProjectModel, WwiseObject } from '../model/model.ts';

/**
 * What is selected in this instance: the objects a client last asked to be found in the Project Explorer. There is no
 * window in which a person could select, so nothing is selected until a client does.
 */
export interface Selection {
  /** The selected objects in the order they were given; what was deleted since is selected no more. */
  objects(model: ProjectModel): readonly WwiseObject[];
  select(objects: readonly WwiseObject[]): void;
  clear(): void;
}

export function createSelection(): Selection {
  let ids: readonly string[] = [];
  return {
    objects: (model) => ids.flatMap((id) => model.byId(id) ?? []),
    select(objects) {
      ids = [...new Set(objects.map(({ id }) => id))];
    },
    clear() {
      ids = [];
    },
  };
}
