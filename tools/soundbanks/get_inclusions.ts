import { z } from 'zod';
import { page, pageInput, pageOutput } from '../../src/core/answers/page.ts';
import { inclusionList, inclusionsOf } from '../../src/wwise/lists/bank-inclusions.ts';
import { findObject } from '../../src/wwise/objects/finding/find-object.ts';
import { leanRef } from '../../src/wwise/objects/rows/lean-ref.ts';
import { objectField } from '../../src/wwise/objects/rows/object-field.ts';
import { refOf } from '../../src/wwise/objects/rows/object-row.ts';
import { expectType } from '../../src/wwise/objects/types/expect-type.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

export const getInclusions = defineCommand({
  name: 'get_inclusions',
  title: 'Get bank inclusions',
  description: 'List what a SoundBank includes, and what of each object.',
  toolset: 'soundbanks',
  effect: 'read',
  readsOnly: 'one SoundBank',
  examples: [{ title: 'See what a bank includes', input: { objectId: 'SoundBank:Main' } }],
  formerInputs: { soundbank: 'objectId' },
  waapiCalls: 3,
  input: z.strictObject({ objectId: objectField('SoundBank.'), ...pageInput }),
  output: z.object({ soundbank: leanRef, inclusions: inclusionList, ...pageOutput }),
  async run(input, context) {
    const { objectId } = input;
    const found = expectType(await findObject(objectId, context), 'objectId', 'SoundBank');
    const { items, ...rest } = page('get_inclusions', input, await inclusionsOf(found.id, context));
    return { soundbank: refOf(found.row), inclusions: items, ...rest };
  },
});
