import { z } from 'zod';
import { windowsNameProblem } from '../../src/core/files/windows-name.ts';
import { memoOfCreate } from '../../src/wwise/claims/create-memo.ts';
import { createChild } from '../../src/wwise/objects/creating/create-child.ts';
import { staysOnDisk } from '../../src/wwise/objects/creating/made-work-unit.ts';
import { findObject } from '../../src/wwise/objects/finding/find-object.ts';
import { objectDesignator, objectName } from '../../src/wwise/objects/finding/object-designator.ts';
import { newObject, withObjectId } from '../../src/wwise/objects/rows/lean-ref.ts';
import type { CreatedRef } from '../../src/wwise/objects/rows/object-row.ts';
import { deletesWhatItMade } from '../../src/wwise/undo/revert.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

const input = z.strictObject({
  name: objectName('Its name; the file is called so too.').refine(
    (name) => windowsNameProblem(name) === undefined,
    'must not be a name Windows keeps for itself or end with a dot: the file is called so too',
  ),
  parentPath: objectDesignator('Root such as \\Containers, physical folder or Work Unit.'),
  onNameConflict: z
    .enum(['fail', 'rename', 'merge'])
    .default('fail')
    .describe('When the name is taken; rename appends a number, merge uses the existing one.'),
});

export const createWorkUnit = defineCommand({
  name: 'create_work_unit',
  title: 'Create Work Unit',
  description:
    'Create a Work Unit: a part of the project with a file of its own. This saves the project and clears its undo history.',
  toolset: 'objects',
  effect: 'create',
  revert: deletesWhatItMade,
  irreversible: staysOnDisk,
  examples: [
    { title: 'Create a Work Unit for ambience', input: { name: 'Ambience', parentPath: '\\Containers' } },
  ],
  waapiCalls: 4,
  input,
  output: newObject('WorkUnit'),
  async run({ name, parentPath, onNameConflict }, context) {
    const parent = await findObject(parentPath, context);
    const spec = { type: 'WorkUnit', name, onNameConflict, members: {} };
    return withObjectId(await createChild(parent, spec, context));
  },
  ...memoOfCreate(
    (_: z.output<typeof input>) => 'WorkUnit',
    async (created: CreatedRef) => withObjectId(created),
  ),
});
