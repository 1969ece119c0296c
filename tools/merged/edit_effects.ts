import { z } from 'zod';
import type { MergedTool } from '../../src/core/merged-tool.ts';
import { addEffect } from '../effects/add_effect.ts';
import { setEffectParameters } from '../effects/set_effect_parameters.ts';

const { objectId, plugin, shareSet, name, parameters, bypass } = addEffect.input.shape;

export const editEffects: MergedTool = {
  name: 'edit_effects',
  title: 'Edit effects',
  description:
    'Add an effect to an object (plugin or shareSet), change one (effect, parameters, bypass), remove one; objectId alone lists them.',
  toolset: 'effects',
  input: z.strictObject({
    objectId,
    plugin,
    shareSet,
    name,
    effect: setEffectParameters.input.shape.effect.describe('One there is: slot number or name.'),
    parameters,
    bypass,
    remove: z.boolean().default(false).describe('Remove it.'),
  }),
  ways: [
    { command: 'remove_effect', is: { remove: true }, has: ['effect'] },
    { command: 'add_effect', has: ['plugin'] },
    { command: 'add_effect', has: ['shareSet'] },
    { command: 'set_effect_parameters', has: ['parameters'] },
    { command: 'set_effect_parameters', has: ['bypass'] },
    { command: 'list_effects', has: ['objectId'] },
  ],
  examples: [
    {
      title: 'Add a reverb',
      input: {
        objectId: '\\Containers\\Default Work Unit\\Wind',
        plugin: 'Wwise RoomVerb',
        parameters: { DecayTime: 2 },
      },
    },
    {
      title: 'Change the first effect',
      input: { objectId: '\\Containers\\Default Work Unit\\Steps', effect: 0, parameters: { Gain: -3 } },
    },
  ],
};
