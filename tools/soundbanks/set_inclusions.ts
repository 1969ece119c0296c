import { z } from 'zod';
import { howManyFit } from '../../src/core/answers/budget.ts';
import { WwiseFlowError } from '../../src/core/errors.ts';
import { wires } from '../../src/core/wiring.ts';
import { stillNamed } from '../../src/wwise/claims/claim.ts';
import {
  inclusionList,
  inclusionsField,
  inclusionsHeld,
  inclusionsOf,
} from '../../src/wwise/lists/bank-inclusions.ts';
import { orRefusal } from '../../src/wwise/objects/changes/or-refusal.ts';
import { explaining } from '../../src/wwise/objects/changes/set-objects.ts';
import { findObject, findObjects } from '../../src/wwise/objects/finding/find-object.ts';
import { leanRef } from '../../src/wwise/objects/rows/lean-ref.ts';
import { objectField } from '../../src/wwise/objects/rows/object-field.ts';
import { type FoundObject, refOf } from '../../src/wwise/objects/rows/object-row.ts';
import { expectType } from '../../src/wwise/objects/types/expect-type.ts';
import { setsAgain } from '../../src/wwise/undo/revert.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

export const setInclusions = defineCommand({
  name: 'set_inclusions',
  title: 'Set bank inclusions',
  description: 'Add objects to a SoundBank, remove them or replace the list; what Wwise refuses is reported.',
  toolset: 'soundbanks',
  effect: 'update',
  revert: setsAgain,
  examples: [
    {
      title: 'Add a Sound to a bank',
      input: {
        objectId: 'SoundBank:Main',
        inclusions: [{ object: '\\Containers\\Default Work Unit\\Wind' }],
      },
    },
  ],
  formerInputs: { soundbank: 'objectId' },
  waapiCalls: 7,
  input: z.strictObject({
    objectId: objectField('SoundBank.').register(wires, { kind: 'object', types: ['SoundBank'] }),
    operation: z
      .enum(['add', 'remove', 'replace'])
      .default('add')
      .describe('replace: the list becomes exactly this.'),
    inclusions: inclusionsField.describe('The objects.'),
  }),
  output: z.object({
    soundbank: leanRef,
    refused: z.array(z.object({ object: z.string(), error: z.string() })),
    inclusions: inclusionList.describe('All now, as far as they make one answer: get_inclusions pages.'),
    total: z.int(),
  }),
  async run({ objectId, operation, inclusions }, context) {
    const found = expectType(await findObject(objectId, context), 'objectId', 'SoundBank');
    const objects =
      inclusions.length === 0
        ? []
        : await findObjects(
            inclusions.map(({ object }) => object),
            context,
          );
    const entries = inclusions.map(({ filter }, at) => ({ object: objects[at]?.id ?? '', filter }));
    const send = (how: string, list: typeof entries) =>
      explaining(`${how} inclusions of "${found.path}"`, () =>
        context.waapi.call('ak.wwise.core.soundbank.setInclusions', {
          soundbank: found.id,
          operation: how,
          inclusions: list,
        }),
      );
    const refused: { object: string; error: string }[] = [];
    const whole = await orRefusal(() => send(operation, entries));
    if ('error' in whole) {
      // Wwise takes all or nothing: one by one, so that the good ones are not lost. A replace empties the list first.
      await context.oneStep(`Set inclusions of ${found.name}`, async () => {
        if (operation === 'replace') await send('replace', []);
        for (const [at, entry] of entries.entries()) {
          const outcome = await orRefusal(() => send(operation === 'remove' ? 'remove' : 'add', [entry]));
          if ('error' in outcome)
            refused.push({ object: inclusions[at]?.object ?? '', error: outcome.error });
        }
        if (refused.length === entries.length) throw nothingDone(found, refused);
      });
    }
    const now = await inclusionsOf(found.id, context);
    const kept = (id: string) => now.find((one) => one.object.id === id)?.filter ?? [];
    const reported = new Set(refused.map(({ object }) => object));
    for (const [at, { object, filter }] of entries.entries()) {
      const name = inclusions[at]?.object ?? '';
      const has = (word: string) => kept(object).includes(word);
      const isWrong = operation === 'remove' ? filter.some(has) : !filter.every(has);
      if (isWrong && !reported.has(name))
        refused.push({ object: name, error: 'Wwise accepted the call, but kept its inclusions.' });
    }
    return {
      soundbank: refOf(found.row),
      refused,
      inclusions: now.slice(0, howManyFit(now)),
      total: now.length,
    };
  },
  achieved: (
    { objectId: designator, operation, inclusions: asked },
    { soundbank, refused, inclusions, total },
  ) => {
    // Beyond the end of the answer, and of what is gone, nobody can know later which object was meant.
    if (operation === 'remove' || refused.length > 0 || inclusions.length < total) return [];
    const meant = asked.map(({ object }) => inclusions.filter((one) => isMeant(one.object, object)));
    if (meant.some(({ length }) => length !== 1)) return [];
    const found = meant.flat();
    const held = operation === 'replace' ? inclusions : found;
    return [
      inclusionsHeld(soundbank.id, held, operation === 'replace' ? 'is' : 'has'),
      ...stillNamed(designator, soundbank.id),
      ...asked.flatMap(({ object }, at) => stillNamed(object, found[at]?.object.id ?? '')),
    ];
  },
});

/** When Wwise took not one of them there is nothing to call a success; thrown in a step, it takes a replace back. */
function nothingDone(
  bank: FoundObject,
  refused: readonly { readonly object: string; readonly error: string }[],
): WwiseFlowError {
  return new WwiseFlowError('WAAPI_ERROR', `The inclusions stay as they were: ${refused[0]?.error ?? ''}`, {
    hint: 'Give Events, containers, busses, folders or Work Units; details.refused has the reason for each.',
    details: { soundbank: refOf(bank.row), refused: refused.map((one) => ({ ...one })) },
  });
}

/** Whether a designator ends with the name of an object, or is its GUID. */
function isMeant({ id, name }: { readonly id: string; readonly name: string }, designator: string): boolean {
  return id === designator || /[^\\:]*$/.exec(designator)?.[0].toLowerCase() === name.toLowerCase();
}
