import { z } from 'zod';
import { inPieces } from '../../src/core/answers/in-pieces.ts';
import { asPrinted } from '../../src/core/answers/lean-data.ts';
import { page, pageInput, pageOutput } from '../../src/core/answers/page.ts';
import { unreadableOutput } from '../../src/core/backend/project-files.ts';
import { actionsIn, eventAction } from '../../src/wwise/lists/actions.ts';
import { askRows } from '../../src/wwise/objects/finding/ask-rows.ts';
import { findObject } from '../../src/wwise/objects/finding/find-object.ts';
import { leanRef } from '../../src/wwise/objects/rows/lean-ref.ts';
import { objectField } from '../../src/wwise/objects/rows/object-field.ts';
import { refOf, refReturns } from '../../src/wwise/objects/rows/object-row.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

/** Of an Event with more of them the others follow in rows of their own. */
const actionsAtOnce = 50;

const eventRow = leanRef.extend({
  actions: z.array(eventAction),
  from: z.int().optional().describe('Its actions from this one on.'),
});

export const listEventActions = defineCommand({
  name: 'list_event_actions',
  title: 'List event actions',
  description:
    'List what Events do: of one Event, of all below a folder, or (target) of all that act on an object.',
  toolset: 'events',
  effect: 'read',
  reliesOnWholeProject: 'reports',
  examples: [{ title: 'See what an Event does', input: { objectId: 'Event:Play_Steps' } }],
  waapiCalls: 2,
  input: z.strictObject({
    objectId: objectField('Event, folder or Work Unit.').default('\\Events'),
    target: objectField('Only actions on this object.').optional(),
    ...pageInput,
  }),
  output: z.object({
    events: z.array(eventRow),
    ...pageOutput,
    ...unreadableOutput,
  }),
  async run(input, context) {
    const { objectId, target } = input;
    const root = await findObject(objectId, context);
    const aim = target === undefined ? undefined : await findObject(target, context);
    const isEvent = root.type === 'Event';
    const actions = await actionsIn(
      isEvent ? `$ "${root.id}" select children` : `$ "${root.id}" select descendants where type = "Action"`,
      context,
    );
    const rows = isEvent
      ? [root.row]
      : await askRows(`$ "${root.id}" select descendants where type = "Event"`, refReturns, context);
    const events = rows.map((row) => {
      const event = refOf(row);
      const own = actions.filter(({ eventId }) => eventId === event.id);
      return { ...event, actions: aim === undefined ? own : own.filter((one) => one.target?.id === aim.id) };
    });
    const shown = aim === undefined ? events : events.filter((event) => event.actions.length > 0);
    const { items, cursor } = page(
      'list_event_actions',
      input,
      inPieces(shown, 'actions', actionsAtOnce),
      asPrinted(eventRow),
    );
    return { events: items, total: shown.length, cursor };
  },
});
