import { z } from 'zod';
import type { MergedTool } from '../../src/core/merged-tool.ts';
import { selectObjects } from '../ui/select_objects.ts';
import { selectedObjects } from '../ui/selected_objects.ts';

export const selection: MergedTool = {
  name: 'selection',
  title: 'Selection',
  description:
    'Read what is selected in Wwise, when somebody says "this one"; with objectIds select them. Needs a running Wwise with its window.',
  toolset: 'ui',
  input: z.strictObject({
    objectIds: selectObjects.input.shape.objectIds.optional(),
    ...selectedObjects.input.shape,
  }),
  ways: [{ command: 'select_objects', has: ['objectIds'] }, { command: 'selected_objects' }],
  examples: [{ title: 'Ask what "this one" is', input: {} }],
};
