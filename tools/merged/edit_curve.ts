import { z } from 'zod';
import { pageInput } from '../../src/core/answers/page.ts';
import type { MergedTool } from '../../src/core/merged-tool.ts';
import { setAttenuationCurve } from '../attenuations/set_attenuation_curve.ts';
import { setRtpc } from '../gamesyncs/set_rtpc.ts';

const { objectId, property, gameParameter, points } = setRtpc.input.shape;
const { curve, use, platform } = setAttenuationCurve.input.shape;

export const editCurve: MergedTool = {
  name: 'edit_curve',
  title: 'Edit RTPC or attenuation curve',
  description:
    'Let a Game Parameter drive a property (property, gameParameter, points), remove such RTPCs, or set a curve of an Attenuation (curve, points or use). objectId alone lists its curves.',
  toolset: 'gamesyncs',
  input: z.strictObject({
    objectId,
    property: property.optional(),
    gameParameter: gameParameter.optional(),
    points: points
      .describe('By rising x, in the unit of the parameter, or metres; y in that of the property.')
      .optional(),
    curve: curve.optional(),
    use,
    platform,
    remove: z.boolean().default(false).describe('Remove the RTPC.'),
    rtpcs: z.boolean().default(false).describe('List RTPCs.'),
    cursor: pageInput.cursor,
  }),
  ways: [
    { command: 'remove_rtpc', is: { remove: true }, has: ['property'] },
    { command: 'list_rtpcs', is: { rtpcs: true } },
    { command: 'set_rtpc', has: ['property'] },
    { command: 'set_attenuation_curve', has: ['points'] },
    { command: 'set_attenuation_curve', has: ['use'] },
    { command: 'get_attenuation_curve', has: ['objectId'] },
  ],
  examples: [
    {
      title: 'Let the speed raise the pitch',
      input: {
        objectId: '\\Containers\\Default Work Unit\\Wind',
        property: 'Pitch',
        gameParameter: 'GameParameter:Speed',
        points: [
          { x: 0, y: -600 },
          { x: 50, y: 600 },
        ],
      },
    },
    {
      title: 'Draw the volume curve of an Attenuation',
      input: {
        objectId: 'Attenuation:Far',
        curve: 'VolumeDry',
        points: [
          { x: 0, y: 0 },
          { x: 100, y: -12 },
        ],
      },
    },
  ],
};
