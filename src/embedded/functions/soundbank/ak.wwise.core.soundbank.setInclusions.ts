import { asJsonArray, asJsonObject, asString } from '../../../core/json.ts';
import type { ProjectModel, WwiseObject } from '../../model/model.ts';
import { resolveObject } from '../../model/naming/resolve-object.ts';
import { rootOf } from '../../model/types/hierarchy-rules.ts';
import { aOrAn } from '../../protocol/a-or-an.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';
import { filterBits } from '../arguments/inclusion-filter.ts';
import { objectOfType } from '../arguments/typed-object.ts';
import { defineFunction } from '../define-function.ts';

/** Adds to, removes from or replaces a SoundBank's inclusion list. An entry that loses its last filter goes. */
export const soundbankSetInclusions = defineFunction({
  uri: 'ak.wwise.core.soundbank.setInclusions',
  async run(args, _options, { project, sessionId }) {
    const { model } = project;
    const bank = objectOfType(model, args.soundbank, 'soundbank', 'SoundBank');
    const asked = asJsonArray(args.inclusions).map((entry) => {
      const { object, filter } = asJsonObject(entry);
      return {
        object: includable(model, asString(object) ?? '', args.operation !== 'remove'),
        bits: filterBits(filter),
      };
    });
    const filters = new Map<WwiseObject, number>();
    if (args.operation !== 'replace') {
      for (const { object, filter } of model.inclusions(bank)) filters.set(object, filter);
    }
    for (const { object, bits } of asked) {
      const present = filters.get(object) ?? 0;
      filters.set(object, args.operation === 'remove' ? present & ~bits : present | bits);
    }
    const inclusions = [...filters].flatMap(([object, filter]) => (filter === 0 ? [] : [{ object, filter }]));
    await project.edit('Set Inclusions', sessionId, (editor) => editor.setInclusions(bank, inclusions));
    return {};
  },
});

/** SoundBanks hold Events, dialogue, audio, busses and what contains them; not other banks. */
function includable(model: ProjectModel, designator: string, isAdded: boolean): WwiseObject {
  const object = resolveObject(model, designator);
  const root = rootOf(object)?.id ?? '';
  const inner = isAdded ? innermostOwner(object) : null;
  if (inner !== null) {
    throw waapiErrors.invalidArguments(
      `${model.path(object)} is part of ${model.path(inner)} and comes with it: include that.`,
      { argumentName: 'inclusions', object: object.id, owner: inner.id },
    );
  }
  if (includedRoots.has(root)) return object;
  throw waapiErrors.invalidArguments(
    `${model.path(object)} (${aOrAn(object.type)}) cannot be included in a SoundBank.`,
    { argumentName: 'inclusions', object: object.id },
  );
}

/** The object that has it as a custom effect, a slot or the like; it goes when that gets another. */
function innermostOwner(object: WwiseObject): WwiseObject | null {
  for (let at: WwiseObject | null = object; at !== null; at = at.parent)
    if (at.owner !== null) return at.owner;
  return null;
}

/** Containers, Interactive Music, Busses, Events, Dynamic Dialogue, Effects. */
const includedRoots = new Set([
  '{5EA7BBF8-64C0-4A50-8821-A07E8BE21D68}',
  '{49FED366-B530-42A8-993B-924873AAB707}',
  '{2388DAEA-9775-46C6-A2ED-C5222A397756}',
  '{A69BF0FC-D84A-487C-ABDD-56F71CB2A126}',
  '{309AF5DE-031F-4CE0-9B9B-C0A536275343}',
  '{41093F77-829F-4D88-8601-E8B25F3D4781}',
]);
