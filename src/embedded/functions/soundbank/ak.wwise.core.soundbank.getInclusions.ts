import { filterWords } from '../arguments/inclusion-filter.ts';
import { objectOfType } from '../arguments/typed-object.ts';
import { defineFunction } from '../define-function.ts';

/** The inclusion list of a SoundBank. */
export const soundbankGetInclusions = defineFunction({
  uri: 'ak.wwise.core.soundbank.getInclusions',
  run(args, _options, { project: { model } }) {
    const bank = objectOfType(model, args.soundbank, 'soundbank', 'SoundBank');
    return {
      inclusions: model
        .inclusions(bank)
        .map(({ object, filter }) => ({ object: object.id, filter: filterWords(filter) })),
    };
  },
});
