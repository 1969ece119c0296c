import { asString } from '../../../core/json.ts';
import { curveArguments } from '../arguments/curve-arguments.ts';
import { checkedPlatform } from '../building/write-member.ts';
import { defineFunction } from '../define-function.ts';

/** What one curve of an Attenuation uses, and its points. */
export const objectGetAttenuationCurve = defineFunction({
  uri: 'ak.wwise.core.object.getAttenuationCurve',
  run(args, _options, { project: { model } }) {
    const { attenuation, curveType } = curveArguments(model, args);
    const platform = checkedPlatform(model, asString(args.platform));
    const found = model.attenuationCurve(attenuation, curveType, platform);
    const curve = found?.curve ?? null;
    return {
      curveType: asString(args.curveType) ?? curveType,
      use: found?.use ?? 'None',
      points: curve === null ? [] : (model.points(curve) ?? []).map(({ x, y, shape }) => ({ x, y, shape })),
    };
  },
});
