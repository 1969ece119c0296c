import { resolveObject } from '../../model/naming/resolve-object.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';
import { objectOfType } from '../arguments/typed-object.ts';
import { blendEdges, blendRow } from '../building/blend-row.ts';
import { defineFunction } from '../define-function.ts';

/** Assigns a child of a Blend Container to one of its Blend Tracks. */
export const blendContainerAddAssignment = defineFunction({
  uri: 'ak.wwise.core.blendContainer.addAssignment',
  async run(args, _options, { project, sessionId }) {
    const { model } = project;
    const track = objectOfType(model, args.object, 'object', 'BlendTrack');
    const child = resolveObject(model, typeof args.child === 'string' ? args.child : '');
    if (child.parent !== track.owner) {
      const container = track.owner === null ? '' : model.path(track.owner);
      throw waapiErrors.invalidArguments(`${model.path(child)} is not a child of ${container}.`, {
        argumentName: 'child',
        object: child.id,
      });
    }
    const present = model.blendAssignments(track);
    if (present.some((assignment) => assignment.child === child)) {
      throw waapiErrors.invalidArguments(`${model.path(child)} is already assigned to ${track.name}.`, {
        argumentName: 'child',
        object: child.id,
      });
    }
    const asked = typeof args.index === 'number' && args.index >= 0 ? args.index : present.length;
    const index = Math.min(asked, present.length);
    const assignment = { child, edges: blendEdges(model, track, args.edges) };
    await project.edit('Add Assignment', sessionId, (editor) =>
      editor.addBlendAssignment(track, assignment, index),
    );
    return blendRow(assignment, index);
  },
});
