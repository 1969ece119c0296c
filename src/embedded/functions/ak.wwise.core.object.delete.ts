import { asString } from '../../base/json.ts';
import { isPhysicalFolder } from '../model/hierarchy-rules.ts';
import type { WwiseObject } from '../model/model.ts';
import { mainBusId } from '../model/new-object.ts';
import { defineFunction } from './define-function.ts';
import { resolveObject } from './resolve-object.ts';
import { waapiErrors } from './waapi-errors.ts';

/** Deletes an object with everything below it and the references to it. A Work Unit goes with its file, at once and for good. */
export const objectDelete = defineFunction({
  uri: 'ak.wwise.core.object.delete',
  async run(args, _options, { project, sessionId }) {
    const object = resolveObject(project.model, asString(args.object) ?? '');
    if (
      object.type === 'Project' ||
      isPhysicalFolder(object) ||
      object.id === mainBusId ||
      holdsNestedWorkUnit(object)
    ) {
      throw waapiErrors.invalidArguments(`${project.model.path(object)} cannot be deleted.`, {
        object: object.id,
      });
    }
    if (object.type === 'WorkUnit') {
      if (object.parent === null || !isPhysicalFolder(object.parent)) {
        throw waapiErrors.invalidArguments('This engine does not delete nested Work Units.', {
          object: object.id,
        });
      }
      project.deleteWorkUnit(object);
    } else {
      await project.edit('Delete', sessionId, (editor) => editor.remove(object));
    }
    return {};
  },
});

/** A nested Work Unit is a file of its own: deleting what holds it would leave that file behind. */
function holdsNestedWorkUnit(object: WwiseObject): boolean {
  return object.children.some((child) => child.type === 'WorkUnit' || holdsNestedWorkUnit(child));
}
