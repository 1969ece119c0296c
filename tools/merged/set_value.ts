import { z } from 'zod';
import type { MergedTool } from '../../src/core/merged-tool.ts';
import { setProperty } from '../objects/set_property.ts';
import { setReference } from '../objects/set_reference.ts';

export const setValue: MergedTool = {
  name: 'set_value',
  title: 'Set property or reference',
  description:
    'Set one property (value) or reference (targetPath) of an object, read back. OutputBus also overrides the parent, so that it takes effect.',
  toolset: 'objects',
  input: z.strictObject({
    objectId: setProperty.input.shape.objectId,
    property: setProperty.input.shape.property.describe('E.g. Volume, OutputBus; describe_type lists them.'),
    value: setProperty.input.shape.value.optional(),
    targetPath: setReference.input.shape.targetPath
      .describe('Or: what it refers to; null clears.')
      .optional(),
    platform: setProperty.input.shape.platform.describe('Only this one, of an unlinked property.'),
  }),
  ways: [
    { command: 'set_property', has: ['property', 'value'] },
    {
      command: 'set_output_bus',
      is: { property: 'OutputBus' },
      has: ['targetPath'],
      as: { targetPath: 'busPath' },
    },
    { command: 'set_reference', has: ['property'], as: { property: 'reference' } },
  ],
  examples: [
    {
      title: 'Make a Sound quieter',
      input: { objectId: '\\Containers\\Default Work Unit\\Wind', property: 'Volume', value: -6 },
    },
    {
      title: 'Route a Sound to a bus',
      input: {
        objectId: '\\Containers\\Default Work Unit\\Wind',
        property: 'OutputBus',
        targetPath: 'Bus:Sfx',
      },
    },
  ],
};
