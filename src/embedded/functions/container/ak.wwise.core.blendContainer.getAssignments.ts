import { objectOfType } from '../arguments/typed-object.ts';
import { blendRow } from '../building/blend-row.ts';
import { defineFunction } from '../define-function.ts';

/** Every assignment of a Blend Track, in order. */
export const blendContainerGetAssignments = defineFunction({
  uri: 'ak.wwise.core.blendContainer.getAssignments',
  run(args, _options, { project: { model } }) {
    const track = objectOfType(model, args.object, 'object', 'BlendTrack');
    return { return: model.blendAssignments(track).map(blendRow) };
  },
});
