import { asJsonObject, asString } from '../../../core/json.ts';
import { checkArguments } from '../../protocol/check-arguments.ts';
import { functionSchemas } from '../../protocol/schemas.gen.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';
import { defineFunction } from '../define-function.ts';

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
