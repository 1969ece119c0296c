import { asString } from '../../../core/json.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';
import { defineFunction } from '../define-function.ts';

/** `Git`, or none (an empty name, `None`, `No source control`). Git needs no log on: the other members are not used. */
export const sourceControlSetProvider = defineFunction({
  uri: 'ak.wwise.core.sourceControl.setProvider',
  run({ provider }, _options, { instance }) {
    const name = (asString(provider) ?? '').trim().toLowerCase();
    if (name === 'git') instance.sourceControl = 'git';
    else if (['', 'none', 'no source control'].includes(name)) instance.sourceControl = null;
    else {
      throw waapiErrors.invalidArguments(
        `The source control provider ${JSON.stringify(provider)} is not available here. Available are "Git" and "None".`,
        { argumentName: 'provider', candidates: ['Git', 'None'] },
      );
    }
    return { log: [] };
  },
});
