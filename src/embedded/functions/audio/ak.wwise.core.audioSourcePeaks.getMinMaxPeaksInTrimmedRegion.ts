import { peaksAnswer, playedSource } from '../answers/peaks-answer.ts';
import { defineFunction } from '../define-function.ts';

/** Peaks of the part of an audio source's original file that its trims leave. */
export const peaksInTrimmedRegion = defineFunction({
  uri: 'ak.wwise.core.audioSourcePeaks.getMinMaxPeaksInTrimmedRegion',
  run(args, _options, { project: { model } }) {
    const { source, filePath } = playedSource(model, args);
    // A negative position is the default and means untrimmed.
    const trim = (name: string): number => Number(model.property(source, name) ?? -1);
    const [begin, end] = [trim('TrimBegin'), trim('TrimEnd')];
    const region = { fromSeconds: Math.max(0, begin), toSeconds: end < 0 ? Number.MAX_VALUE : end };
    return peaksAnswer(filePath, region, args);
  },
});
