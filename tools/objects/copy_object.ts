import { z } from 'zod';
import { asString } from '../../src/base/json.ts';
import { defineCommand } from '../../src/bus/command.ts';
import { stillNamed } from '../../src/bus/memo/claim.ts';
import { nameConflict } from '../../src/bus/objects/child-spec.ts';
import { namesakesBefore, settleChild } from '../../src/bus/objects/create-child.ts';
import { findObject, findObjects } from '../../src/bus/objects/find-object.ts';
import { newObject, withObjectId } from '../../src/bus/objects/lean-ref.ts';
import { objectDesignator, objectName } from '../../src/bus/objects/object-designator.ts';
import { createdRefOf } from '../../src/bus/objects/object-row.ts';
import { explaining } from '../../src/bus/objects/set-objects.ts';

export const copyObject = defineCommand({
  name: 'copy_object',
  title: 'Copy object',
  description:
    'Copy an object with everything below it under a parent; the copies have new GUIDs. For values only use paste_properties.',
  toolset: 'objects',
  effect: 'create',
  examples: [
    {
      title: 'Make a variation',
      input: {
        object: '\\Containers\\Default Work Unit\\Steps\\Step_1',
        parentPath: '\\Containers\\Default Work Unit\\Steps',
        name: 'Step_1b',
      },
    },
  ],
  waapiCalls: 6,
  input: z.strictObject({
    object: objectDesignator('The object to copy.'),
    parentPath: objectDesignator('Where the copy goes.'),
    name: objectName('Default: the same.').optional(),
    onNameConflict: nameConflict
      .default('rename')
      .describe('When the name is taken: fail, rename (a number is appended), replace, merge.'),
  }),
  output: newObject(),
  async run({ object, parentPath, name, onNameConflict }, context) {
    const [parent = await findObject(parentPath, context), source = parent] = await findObjects(
      [parentPath, object],
      context,
    );
    const copyTo = async (mode: string): Promise<string> => {
      const args = { object: source.id, parent: parent.id, onNameConflict: mode };
      const answer = await context.waapi.call('ak.wwise.core.object.copy', args, { return: ['id'] });
      return asString(answer.id) ?? '';
    };
    const id = await explaining(`copy "${source.path}" to "${parent.path}"`, () =>
      name === undefined
        ? copyTo(onNameConflict)
        : context.oneStep(`Copy ${source.name}`, async () => {
            const copied = await copyTo('rename');
            await context.waapi.call('ak.wwise.core.object.setName', { object: copied, value: name });
            return copied;
          }),
    );
    const { row } = await findObject(id, context, { returns: ['parent'] });
    return withObjectId(createdRefOf(row));
  },
  achieved: ({ parentPath }, { id, type, parentId }) => [
    { kind: 'exists', id, type, parentId },
    ...stillNamed(parentPath, parentId),
  ],
  async before({ object, parentPath, name }, context) {
    const source = await findObject(object, context);
    return namesakesBefore(parentPath, name ?? source.name, context);
  },
  async settle({ object, parentPath, name, onNameConflict }, before, context) {
    const source = await findObject(object, context);
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
