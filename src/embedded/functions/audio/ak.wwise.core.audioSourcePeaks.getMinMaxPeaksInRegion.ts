import { waapiErrors } from '../../protocol/waapi-errors.ts';
import { peaksAnswer, playedSource } from '../answers/peaks-answer.ts';
import { defineFunction } from '../define-function.ts';

/** Peaks of a region of an audio source's original file, from and to in seconds. */
export const peaksInRegion = defineFunction({
  uri: 'ak.wwise.core.audioSourcePeaks.getMinMaxPeaksInRegion',
  run(args, _options, { project: { model } }) {
    const { filePath } = playedSource(model, args);
    const [fromSeconds, toSeconds] = [Number(args.timeFrom), Number(args.timeTo)];
    if (fromSeconds >= toSeconds) {
      throw waapiErrors.invalidArguments(`timeFrom ${fromSeconds} must be before timeTo ${toSeconds}.`, {
        argumentName: 'timeFrom',
      });
    }
    return peaksAnswer(filePath, { fromSeconds, toSeconds }, args);
  },
});
