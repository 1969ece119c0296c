import { authoringFamilies, authoringResources } from './authoring-resources.ts';
import { projectFamilies, projectResources } from './project-resources.ts';
import type { ResourceCatalog } from './resource.ts';
import type { ResourceParts } from './resource-parts.ts';
import { runFamilies, runResources } from './run-resources.ts';

/** Everything that can be read, in the order it is listed. */
export function resourceCatalog(parts: ResourceParts): ResourceCatalog {
  return {
    fixed: [...authoringResources(parts), ...projectResources(parts), ...runResources(parts)],
    families: [...authoringFamilies(parts), ...projectFamilies(parts), ...runFamilies(parts)],
  };
}
