import { asJsonArray } from '../../../core/json.ts';
import { statefulObject } from '../arguments/stateful-object.ts';
import { unknownMember } from '../building/write-member.ts';
import { defineFunction } from '../define-function.ts';

/** Replaces the list of properties that States change. */
export const objectSetStateProperties = defineFunction({
  uri: 'ak.wwise.core.object.setStateProperties',
  async run(args, _options, { project, sessionId }) {
    const { model } = project;
    const object = statefulObject(model, args);
    const names = asJsonArray(args.stateProperties).map((name) => {
      const asked = String(name);
      const facts = model.facts(object)?.property(formerNames[asked] ?? asked);
      if (facts === undefined) throw unknownMember(model, object, asked, 'property');
      return facts.name;
    });
    await project.edit('Set State Properties', sessionId, (editor) =>
      editor.setStateProperties(object, [...new Set(names)]),
    );
    return {};
  },
});

/** The documented example writes the plural. */
const formerNames: Readonly<Record<string, string>> = { BypassEffects: 'BypassEffect' };
