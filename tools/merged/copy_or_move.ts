import { z } from 'zod';
import type { MergedTool } from '../../src/core/merged-tool.ts';
import { copyObject } from '../objects/copy_object.ts';
import { moveObject } from '../objects/move_object.ts';

export const copyOrMove: MergedTool = {
  name: 'copy_or_move',
  title: 'Copy or move',
  description:
    'Move objects (objectIds), or copy one (objectId; new GUIDs), with everything below, under a parent. For values only use paste_properties.',
  toolset: 'objects',
  input: z.strictObject({
    objectIds: moveObject.input.shape.objectIds.describe('To move; references stay.').optional(),
    objectId: copyObject.input.shape.objectId.describe('Or: to copy.').optional(),
    parentPath: moveObject.input.shape.parentPath.describe('The new parent.'),
    name: copyObject.input.shape.name,
    onNameConflict: z
      .enum(['fail', 'rename', 'replace'])
      .optional()
      .describe('Default: a copy is renamed, a move fails.'),
  }),
  ways: [
    { command: 'copy_object', has: ['objectId'] },
    { command: 'move_object', has: ['objectIds'] },
  ],
  examples: [
    {
      title: 'Copy a Sound',
      input: {
        objectId: '\\Containers\\Default Work Unit\\Wind',
        parentPath: '\\Containers\\Default Work Unit\\Steps',
        name: 'Gust',
      },
    },
  ],
};
