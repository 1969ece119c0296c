import { z } from 'zod';
import { pageInput } from '../../src/core/answers/page.ts';
import type { MergedTool } from '../../src/core/merged-tool.ts';
import { actionFields } from '../../src/wwise/lists/actions.ts';
import { addAction } from '../events/add_action.ts';
import { createEvent } from '../events/create_event.ts';

const { type, ...fields } = actionFields;
const { name, parentPath, targetPath, actions, onNameConflict } = createEvent.input.shape;

export const editEvent: MergedTool = {
  name: 'edit_event',
  title: 'Edit event',
  description:
    'Create an Event (name; targetPath to play it, or actions), or with objectId add an action (type...) to one; objectId alone lists its actions.',
  toolset: 'events',
  input: z.strictObject({
    name: name.describe('Of a new one: Play_Boom.').optional(),
    parentPath,
    targetPath,
    actions,
    onNameConflict,
    objectId: addAction.input.shape.objectId.describe('An Event that is there.').optional(),
    type: type.optional(),
    delaySeconds: fields.delaySeconds,
    fadeSeconds: fields.fadeSeconds,
    properties: fields.properties,
    cursor: pageInput.cursor,
  }),
  ways: [
    { command: 'add_action', has: ['objectId', 'type'] },
    { command: 'list_event_actions', has: ['objectId'] },
    { command: 'create_event', has: ['name'] },
  ],
  examples: [
    {
      title: 'Create the Event that plays a Sound',
      input: { name: 'Play_Wind', targetPath: '\\Containers\\Default Work Unit\\Wind' },
    },
    {
      title: 'Let an Event also stop the wind',
      input: {
        objectId: 'Event:Play_Steps',
        type: 'Stop',
        targetPath: '\\Containers\\Default Work Unit\\Wind',
      },
    },
    { title: 'See what an Event does', input: { objectId: 'Event:Play_Steps' } },
  ],
};
