import { z } from 'zod';
import { defineCommand } from '../../src/bus/command.ts';
import { fittedPage } from '../../src/core/answers/fitted-page.ts';
import { pageInput, pageOutput } from '../../src/core/answers/page.ts';
import { inclusionList, inclusionsOf } from '../../src/wwise/lists/bank-inclusions.ts';
import { expectType } from '../../src/wwise/objects/expect-type.ts';
import { findObject } from '../../src/wwise/objects/find-object.ts';
import { leanRef } from '../../src/wwise/objects/lean-ref.ts';
import { objectField } from '../../src/wwise/objects/object-field.ts';
import { refOf } from '../../src/wwise/objects/object-row.ts';

export const getInclusions = defineCommand({
  name: 'get_inclusions',
  title: 'Get bank inclusions',
  description: 'List what a SoundBank includes, and what of each object.',
  toolset: 'soundbanks',
  effect: 'read',
  examples: [{ title: 'See what a bank includes', input: { soundbank: 'SoundBank:Main' } }],
  waapiCalls: 3,
  input: z.strictObject({ soundbank: objectField('SoundBank.'), ...pageInput }),
  output: z.object({ soundbank: leanRef, inclusions: inclusionList, ...pageOutput }),
  async run({ soundbank, ...wanted }, context) {
    const found = expectType(await findObject(soundbank, context), 'soundbank', 'SoundBank');
    const { items, ...page } = fittedPage(await inclusionsOf(found.id, context), wanted, (one) => one);
    return { soundbank: refOf(found.row), inclusions: items, ...page };
  },
});
