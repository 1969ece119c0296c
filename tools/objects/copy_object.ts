import { z } from 'zod';
import { WwiseFlowError } from '../../src/core/errors.ts';
import { asString } from '../../src/core/json.ts';
import { stillNamed } from '../../src/wwise/claims/claim.ts';
import { isMade } from '../../src/wwise/claims/create-memo.ts';
import { explaining } from '../../src/wwise/objects/changes/set-objects.ts';
import { transferConflict } from '../../src/wwise/objects/creating/child-spec.ts';
import { namesakesBefore, settleChild } from '../../src/wwise/objects/creating/create-child.ts';
import { replacesWhatLiesThere } from '../../src/wwise/objects/creating/replaces-what-lies-there.ts';
import { refuseSavingAlong } from '../../src/wwise/objects/creating/work-units-at-once.ts';
import { findObject, findObjects } from '../../src/wwise/objects/finding/find-object.ts';
import { namesakes } from '../../src/wwise/objects/finding/namesakes.ts';
import { objectDesignator, objectName } from '../../src/wwise/objects/finding/object-designator.ts';
import { newObject, withObjectId } from '../../src/wwise/objects/rows/lean-ref.ts';
import { createdRefOf, type ObjectRef } from '../../src/wwise/objects/rows/object-row.ts';
import { deletesWhatItMade } from '../../src/wwise/undo/revert.ts';
import { type CommandContext, defineCommand } from '../../src/wwise/wwise-command.ts';

export const copyObject = defineCommand({
  name: 'copy_object',
  title: 'Copy object',
  description:
    'Copy an object with everything below it under a parent; the copies have new GUIDs. For values only use paste_properties.',
  toolset: 'objects',
  effect: 'create',
  replaces: replacesWhatLiesThere,
  revert: deletesWhatItMade,
  examples: [
    {
      title: 'Make a variation',
      input: {
        objectId: '\\Containers\\Default Work Unit\\Steps\\Step_1',
        parentPath: '\\Containers\\Default Work Unit\\Steps',
        name: 'Step_1b',
      },
    },
  ],
  waapiCalls: 21,
  input: z.strictObject({
    objectId: objectDesignator('The object to copy.'),
    parentPath: objectDesignator('Where the copy goes.'),
    name: objectName('Default: the same.').optional(),
    onNameConflict: transferConflict
      .default('rename')
      .describe('When the name is taken; rename appends a number.'),
  }),
  output: newObject(),
  async run({ objectId, parentPath, name, onNameConflict }, context) {
    const [parent = await findObject(parentPath, context), source = parent] = await findObjects(
      [parentPath, objectId],
      context,
    );
    await refuseSavingAlong([source.id], `Copying "${source.path}"`, context);
    const copyTo = async (mode: string): Promise<string> => {
      const args = { object: source.id, parent: parent.id, onNameConflict: mode };
      const answer = await context.waapi.call('ak.wwise.core.object.copy', args, { return: ['id'] });
      return asString(answer.id) ?? '';
    };
    const id = await explaining(`copy "${source.path}" to "${parent.path}"`, () =>
      name === undefined
        ? copyTo(onNameConflict)
        : context.oneStep(`Copy ${source.name}`, async () => {
            const value = await freeName(name, onNameConflict, source, parent, context);
            const copied = await copyTo('rename');
            await context.waapi.call('ak.wwise.core.object.setName', { object: copied, value });
            return copied;
          }),
    );
    const { row } = await findObject(id, context, { returns: ['parent'] });
    return withObjectId(createdRefOf(row));
  },
  achieved: ({ parentPath }, made) => [isMade(made), ...stillNamed(parentPath, made.parentId)],
  async before({ objectId, parentPath, name }, context) {
    const source = await findObject(objectId, context);
    return namesakesBefore(parentPath, name ?? source.name, context);
  },
  async settle({ objectId, parentPath, name, onNameConflict }, before, context) {
    const source = await findObject(objectId, context);
    const settlement = {
      parent: parentPath,
      name: name ?? source.name,
      type: source.type,
      onNameConflict,
      before,
    };
    const created = await settleChild(settlement, context);
    return created === null ? null : withObjectId(created);
  },
});

/** The name for the copy, by the rule for conflicts: Wwise itself knows only the name of what is copied. */
async function freeName(
  name: string,
  onNameConflict: string,
  source: ObjectRef,
  parent: ObjectRef,
  context: CommandContext,
): Promise<string> {
  const near = await namesakes(parent.id, name, context);
  const existing = near.find((child) => child.name.toLowerCase() === name.toLowerCase());
  if (existing === undefined) return name;
  if (onNameConflict === 'rename') {
    const taken = new Set(near.map((child) => child.name.toLowerCase()));
    for (let number = 1; ; number += 1) {
      const free = `${name}_${String(number).padStart(2, '0')}`;
      if (!taken.has(free.toLowerCase())) return free;
    }
  }
  if (onNameConflict === 'replace' && existing.id !== source.id) {
    await context.waapi.call('ak.wwise.core.object.delete', { object: existing.id });
    return name;
  }
  throw new WwiseFlowError('NAME_CONFLICT', `"${parent.path}" already has a child named "${name}".`, {
    hint: 'Choose another name, or set onNameConflict to rename or replace.',
    details: { name, existing, parent: { id: parent.id, path: parent.path } },
  });
}
