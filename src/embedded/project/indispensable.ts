import { waapiErrors } from '../functions/waapi-errors.ts';
import { mainBusId } from '../model/new-object.ts';
import type { ObjectIndex } from '../model/object-index.ts';
import type { ObjectNode } from '../model/object-node.ts';
import { pathOf } from '../model/paths.ts';
import { attribute, childNamed } from '../wwu/tree.ts';

/** Throws when an object is, or holds, what every project must have: its main bus or its default conversion settings. */
export function refuseIndispensable(index: ObjectIndex, project: ObjectNode, doomed: ObjectNode): void {
  const conversion = childNamed(project.element, 'DefaultConversion');
  const conversionId = conversion === undefined ? undefined : attribute(conversion, 'ID')?.toUpperCase();
  for (const id of [mainBusId, conversionId]) {
    const needed = id === undefined ? undefined : index.byId.get(id);
    for (let at = needed ?? null; at !== null; at = at.parent) {
      if (at !== doomed || needed === undefined) continue;
      const reason = needed === doomed ? '' : `: it holds ${pathOf(needed)}, which every project must have`;
      throw waapiErrors.invalidArguments(`${pathOf(doomed)} cannot be deleted${reason}.`, {
        object: doomed.id,
      });
    }
  }
}
