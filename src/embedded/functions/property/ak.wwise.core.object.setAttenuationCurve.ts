import { asString } from '../../../core/json.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';
import { curveArguments, curvePoints } from '../arguments/curve-arguments.ts';
import { checkedPlatform } from '../building/write-member.ts';
import { defineFunction } from '../define-function.ts';

/** Replaces one curve of an Attenuation. Points count for a custom curve only; otherwise the one that is there stays. */
export const objectSetAttenuationCurve = defineFunction({
  uri: 'ak.wwise.core.object.setAttenuationCurve',
  async run(args, _options, { project, sessionId }) {
    const { model } = project;
    const { attenuation, curveType } = curveArguments(model, args);
    const platform = checkedPlatform(model, asString(args.platform));
    const use = asString(args.use) ?? 'None';
    refuseForeignUse(use, curveType);
    const points = use === 'Custom' ? curvePoints(args.points) : undefined;
    await project.edit('Set Attenuation Curve', sessionId, (editor) =>
      editor.setAttenuationCurve(attenuation, curveType, use, points, platform),
    );
    return {};
  },
});

/** Only the sends can follow the dry volume, and only the curves of obstruction and its kin the project's. */
function refuseForeignUse(use: string, curveType: string): void {
  const fits =
    use === 'UseVolumeDry'
      ? curveType.startsWith('VolumeWet')
      : use === 'UseProject'
        ? /^(Obstruction|Occlusion|Diffraction|Transmission)/.test(curveType)
        : true;
  if (fits) return;
  throw waapiErrors.invalidArguments(`${curveType} cannot be set to ${use}.`, {
    argumentName: 'use',
    use,
    curveType,
  });
}
