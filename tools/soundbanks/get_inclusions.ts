import { z } from 'zod';
import { page, pageInput, pageOutput } from '../../src/core/answers/page.ts';
import { inclusionList, inclusionsOf } from '../../src/wwise/lists/bank-inclusions.ts';
import { expectType } from '../../src/wwise/objects/expect-type.ts';
import { findObject } from '../../src/wwise/objects/find-object.ts';
import { leanRef } from '../../src/wwise/objects/lean-ref.ts';
import { objectField } from '../../src/wwise/objects/object-field.ts';
import { refOf } from '../../src/wwise/objects/object-row.ts';
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
