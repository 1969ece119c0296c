import { z } from 'zod';
import { inPieces } from '../../src/core/answers/in-pieces.ts';
import { asPrinted } from '../../src/core/answers/lean-data.ts';
import { page, pageInput, pageOutput } from '../../src/core/answers/page.ts';
import { rtpc, rtpcReturns, rtpcsOf } from '../../src/wwise/lists/rtpcs.ts';
import { findObject } from '../../src/wwise/objects/finding/find-object.ts';
import { leanRef } from '../../src/wwise/objects/rows/lean-ref.ts';
import { objectField } from '../../src/wwise/objects/rows/object-field.ts';
import { refOf } from '../../src/wwise/objects/rows/object-row.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

/** Of a curve with more of them the others follow in rows of their own. */
const pointsAtOnce = 200;

const rtpcRow = rtpc.extend({ from: z.int().optional().describe('Its points from this one on.') });

export const listRtpcs = defineCommand({
  name: 'list_rtpcs',
  title: 'List RTPC curves',
  description: 'List the RTPCs of an object with property, control input and curve.',
  toolset: 'gamesyncs',
  effect: 'read',
  readsOnly: 'one object',
  examples: [
    { title: 'List the RTPCs of a container', input: { objectId: '\\Containers\\Default Work Unit\\Steps' } },
  ],
  waapiCalls: 2,
  input: z.strictObject({ objectId: objectField('Object.'), ...pageInput }),
  output: z.object({ object: leanRef, rtpcs: z.array(rtpcRow), ...pageOutput }),
  async run(input, context) {
    const { objectId } = input;
    const found = await findObject(objectId, context, { returns: rtpcReturns });
    const all = await rtpcsOf(found, context);
    const rows = inPieces(all, 'points', pointsAtOnce);
    const { items, cursor } = page('list_rtpcs', input, rows, asPrinted(rtpcRow));
    return { object: refOf(found.row), rtpcs: items, total: all.length, cursor };
  },
});
