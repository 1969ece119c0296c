import { asString } from '../../../core/json.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';
import { checkName } from '../arguments/name-conflict.ts';
import { objectOfType } from '../arguments/typed-object.ts';
import { defineFunction } from '../define-function.ts';

/** Adds a Blend Track to a Blend Container. */
export const blendContainerAddTrack = defineFunction({
  uri: 'ak.wwise.core.blendContainer.addTrack',
  async run(args, _options, { project, sessionId }) {
    const { model } = project;
    const container = objectOfType(model, args.object, 'object', 'BlendContainer');
    const name = asString(args.name) ?? '';
    checkName(name, 'BlendTrack');
    const id = asString(args.id)?.toUpperCase();
    if (id !== undefined && model.byId(id) !== undefined)
      throw waapiErrors.invalidArguments(`An object with id ${id} already exists.`, { id });
    const track = await project.edit('Add Blend Track', sessionId, (editor) =>
      editor.addBlendTrack(container, name, id),
    );
    return { id: track.id, name: track.name, type: track.type, shortId: model.shortId(track) };
  },
});
