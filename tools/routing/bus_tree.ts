import { z } from 'zod';
import { page, pageInput, pageOutput } from '../../src/core/answers/page.ts';
import { unreadableOutput } from '../../src/core/backend/project-files.ts';
import { askRows } from '../../src/wwise/objects/finding/ask-rows.ts';
import { findObject } from '../../src/wwise/objects/finding/find-object.ts';
import { leanRef } from '../../src/wwise/objects/rows/lean-ref.ts';
import { objectField } from '../../src/wwise/objects/rows/object-field.ts';
import { refOf, refReturns } from '../../src/wwise/objects/rows/object-row.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

export const busTree = defineCommand({
  name: 'bus_tree',
  title: 'Bus tree',
  description: 'List the busses in tree order with depth, volume and number of effects.',
  toolset: 'routing',
  effect: 'read',
  reliesOnWholeProject: 'reports',
  examples: [{ title: 'Show all busses', input: {} }],
  waapiCalls: 2,
  input: z.strictObject({
    root: objectField('Only what is below.').default('\\Busses'),
    ...pageInput,
  }),
  output: z.object({
    busses: z.array(leanRef.extend({ depth: z.int(), busVolumeDb: z.number().nullable(), effects: z.int() })),
    ...pageOutput,
    ...unreadableOutput,
  }),
  async run(input, context) {
    const { root } = input;
    const own = ['@BusVolume', '@Effects'];
    const found = await findObject(root, context, { returns: own });
    const below = await askRows(`$ "${found.id}" select descendants`, [...refReturns, ...own], context);
    const busses = [found.row, ...below]
      .map((row) => ({ ...refOf(row), volume: row['@BusVolume'], effects: row['@Effects'] }))
      .filter(({ type }) => type === 'Bus' || type === 'AuxBus')
      .map(({ volume, effects, ...bus }) => ({
        ...bus,
        depth: bus.path.split('\\').length - found.path.split('\\').length,
        busVolumeDb: typeof volume === 'number' ? volume : null,
        effects: Array.isArray(effects) ? effects.length : 0,
      }))
      // Tree order: a bus before its children, siblings by name.
      .sort((a, b) => (sortKey(a.path) < sortKey(b.path) ? -1 : 1));
    const { items, ...rest } = page('bus_tree', input, busses);
    return { busses: items, ...rest };
  },
});

function sortKey(path: string): string {
  return path.toLowerCase().replaceAll('\\', '\u0001');
}
