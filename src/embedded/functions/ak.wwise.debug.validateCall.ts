import { asJsonObject, asString } from '../../core/json.ts';
import { checkArguments } from './arguments/check-arguments.ts';
import { defineFunction } from './define-function.ts';
import { functionSchemas } from './schemas.gen.ts';
import { waapiErrors } from './waapi-errors.ts';

/** Checks a call against the documented schemas without making it. Fails as the call itself would. */
export const debugValidateCall = defineFunction({
  uri: 'ak.wwise.debug.validateCall',
  run({ id, args, options }) {
    const uri = asString(id) ?? '';
    if (!Object.hasOwn(functionSchemas, uri)) throw waapiErrors.unknownProcedure(uri);
    checkArguments(uri, asJsonObject(args), asJsonObject(options));
    return {};
  },
});
