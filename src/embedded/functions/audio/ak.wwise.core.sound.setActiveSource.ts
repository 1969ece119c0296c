import { asString } from '../../../core/json.ts';
import { resolveObject } from '../../model/naming/resolve-object.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';
import { objectOfType } from '../arguments/typed-object.ts';
import { checkedPlatform } from '../building/write-member.ts';
import { defineFunction } from '../define-function.ts';

/** Chooses which of a Sound's sources plays, in that source's language. */
export const soundSetActiveSource = defineFunction({
  uri: 'ak.wwise.core.sound.setActiveSource',
  async run(args, _options, { project, sessionId }) {
    const { model } = project;
    const sound = objectOfType(model, args.sound, 'sound', 'Sound');
    const source = resolveObject(model, asString(args.source) ?? '');
    if (source.parent !== sound) {
      throw waapiErrors.invalidArguments(`${model.path(source)} is not a source of ${model.path(sound)}.`, {
        argumentName: 'source',
        object: source.id,
        candidates: sound.children.map((child) => model.path(child)),
      });
    }
    const platform = checkedPlatform(model, asString(args.platform));
    await project.edit('Set Active Source', sessionId, (editor) =>
      editor.setActiveSource(sound, source, platform),
    );
    return {};
  },
});
