import { asString } from '../../../core/json.ts';
import { resolveObject } from '../../model/naming/resolve-object.ts';
import { canRandomize } from '../../model/types/randomizable.ts';
import { aOrAn } from '../../protocol/a-or-an.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';
import { platformMember } from '../arguments/platform-member.ts';
import { checkedPlatform } from '../building/write-member.ts';
import { defineFunction } from '../define-function.ts';

/** Sets what is given of a property's randomizer; a new one is switched on unless `enabled` says otherwise. */
export const objectSetRandomizer = defineFunction({
  uri: 'ak.wwise.core.object.setRandomizer',
  async run(args, _options, { project, sessionId }) {
    const { model } = project;
    const object = resolveObject(model, asString(args.object) ?? '');
    const { member } = platformMember(model, object, args);
    const facts = model.facts(object);
    if (facts === undefined || !canRandomize(facts, member)) {
      const able = facts?.properties().filter(({ name }) => canRandomize(facts, name)) ?? [];
      throw waapiErrors.invalidProperty(`Property ${member} of ${aOrAn(object.type)} takes no randomizer.`, {
        object: object.id,
        property: member,
        candidates: able.map(({ name }) => name),
      });
    }
    const number = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
    const enabled = typeof args.enabled === 'boolean' ? args.enabled : undefined;
    const spec = { enabled, min: number(args.min), max: number(args.max) };
    await project.edit('Set Randomizer', sessionId, (editor) =>
      editor.setRandomizer(object, member, spec, checkedPlatform(model, asString(args.platform))),
    );
    return {};
  },
});
