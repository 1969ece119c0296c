import type { ProjectModel, TypeFacts, WwiseObject } from '../../../model/model.ts';
import type { View } from '../../view.ts';
import { type Budget, createBudget } from '../budget.ts';

/** What holds for a whole query or row: the project and whose values are asked for. Lives as long as one call. */
export interface Scope {
  readonly model: ProjectModel;
  /** Platform by name; absent: the linked value, or that of the first platform. */
  readonly platform: string | undefined;
  /** Language by name; absent: the default language. */
  readonly language: string | undefined;
  /** A name that nothing has: an error, or a member that never applies. */
  readonly unknownNames: 'refuse' | 'omit';
  /** How many Query objects led here. */
  readonly queryDepth: number;
  /** What the query may still look at. */
  readonly budget: Budget;
  /** Objects of a type by their owner; built on first use, for facts an object owns beside its lists. */
  ownedBy(owner: WwiseObject, type: string): readonly WwiseObject[];
  /** Facts of an object's type; those of the last one are kept, as many members of it are asked for. */
  facts(object: WwiseObject): TypeFacts | undefined;
  /** Path of an object. What stands above it is put together once for all its siblings. */
  path(object: WwiseObject): string;
}

export function createScope(
  model: ProjectModel,
  { platform, language }: View,
  unknownNames: 'refuse' | 'omit',
  queryDepth = 0,
  budget: Budget = createBudget(),
): Scope {
  const byType = new Map<string, Map<WwiseObject, WwiseObject[]>>();
  const parentPaths = new Map<WwiseObject, string>();

  function path(object: WwiseObject): string {
    const { parent } = object;
    if (parent === null) return model.path(object);
    let above = parentPaths.get(parent);
    if (above === undefined) {
      above = parent === model.project ? '' : path(parent);
      parentPaths.set(parent, above);
    }
    return `${above}\\${model.pathSegment(object)}`;
  }

  let lastObject: WwiseObject | undefined;
  let lastFacts: TypeFacts | undefined;

  return {
    facts(object) {
      if (object !== lastObject) {
        lastObject = object;
        lastFacts = model.facts(object);
      }
      return lastFacts;
    },
    model,
    platform,
    language,
    unknownNames,
    queryDepth,
    budget,
    ownedBy(owner, type) {
      let byOwner = byType.get(type);
      if (byOwner === undefined) {
        byOwner = groupByOwner(model.ofType(type));
        byType.set(type, byOwner);
      }
      return byOwner.get(owner) ?? [];
    },
    path,
  };
}

function groupByOwner(objects: Iterable<WwiseObject>): Map<WwiseObject, WwiseObject[]> {
  const byOwner = new Map<WwiseObject, WwiseObject[]>();
  for (const object of objects) {
    if (object.owner === null) continue;
    const group = byOwner.get(object.owner);
    if (group === undefined) byOwner.set(object.owner, [object]);
    else group.push(object);
  }
  return byOwner;
}
