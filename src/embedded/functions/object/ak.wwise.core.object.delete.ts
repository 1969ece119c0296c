import { asString } from '../../../core/json.ts';
import { inTurns } from '../../../core/turns/turns.ts';
import type { ModelEditor } from '../../model/editor.ts';
import type { WwiseObject } from '../../model/model.ts';
import { resolveObject } from '../../model/naming/resolve-object.ts';
import { isPhysicalFolder } from '../../model/types/hierarchy-rules.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';
import { defineFunction } from '../define-function.ts';

/**
 * Deletes an object with everything below it and the references to it. A Work Unit or a physical folder goes with its files,
 * at once and for good.
 */
export const objectDelete = defineFunction({
  uri: 'ak.wwise.core.object.delete',
  async run(args, _options, { project, sessionId, giveWay }) {
    const object = resolveObject(project.model, asString(args.object) ?? '');
    if (object.type === 'Project' || object.parent?.type === 'Project') {
      throw waapiErrors.invalidArguments(`${project.model.path(object)} cannot be deleted.`, {
        object: object.id,
      });
    }
    if (object.type === 'WorkUnit') {
      const { deletePhysicalFolder, deleteWorkUnit } = project.inSteps;
      const deleteFiles = isPhysicalFolder(object) ? deletePhysicalFolder : deleteWorkUnit;
      await inTurns(deleteFiles(object), giveWay);
      return {};
    }
    // A nested Work Unit is a file of its own: deleting what holds it must not leave that file behind.
    for (const workUnit of nestedIn(object)) await inTurns(project.inSteps.deleteWorkUnit(workUnit), giveWay);
    const work = (editor: ModelEditor) => inTurns(editor.removeSteps(object), giveWay);
    await project.edit('Delete', sessionId, work, giveWay);
    return {};
  },
});

function nestedIn(object: WwiseObject): readonly WwiseObject[] {
  return object.children.flatMap((child) => (child.type === 'WorkUnit' ? [child] : nestedIn(child)));
}
