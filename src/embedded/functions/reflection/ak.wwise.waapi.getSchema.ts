import { asJsonObject, asString, type Json, type JsonObject } from '../../../core/json.ts';
import { didYouMean } from '../../../core/text/nearest.ts';
import { functionSchemas, sharedDefinitions, topicSchemas } from '../../protocol/schemas.gen.ts';
import { argumentSchema } from '../../protocol/undocumented-schemas.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';
import { defineFunction } from '../define-function.ts';

/**
 * The JSON schemas of one documented function or topic. Wwise refers to definition files a client cannot fetch;
 * here every schema stands alone: the shared definitions it needs are in its own `definitions`.
 */
export const getSchema = defineFunction({
  uri: 'ak.wwise.waapi.getSchema',
  run(args) {
    const uri = asString(args.uri) ?? '';
    const ofFunction = functionSchemas[uri];
    if (ofFunction !== undefined) {
      return {
        argsSchema: standalone(argumentSchema(uri, ofFunction.args)),
        optionsSchema: standalone(ofFunction.options),
        resultSchema: standalone(ofFunction.result),
      };
    }
    const ofTopic = topicSchemas[uri];
    if (ofTopic !== undefined) {
      return { optionsSchema: standalone(ofTopic.options), publishSchema: standalone(ofTopic.publish) };
    }
    const known = [...Object.keys(functionSchemas), ...Object.keys(topicSchemas)];
    throw waapiErrors.invalidArguments(`No function or topic is named ${uri}.${didYouMean(uri, known)}`, {
      argumentName: 'uri',
    });
  },
});

function standalone(schema: JsonObject): JsonObject {
  const needed: Record<string, Json> = {};
  const embed = (part: Json | undefined): Json => {
    if (Array.isArray(part)) return part.map(embed);
    if (typeof part !== 'object' || part === null) return part ?? null;
    return Object.fromEntries(
      Object.entries(part).map(([member, value]) => [member, embedMember(member, value)]),
    );
  };
  const embedMember = (member: string, value: Json | undefined): Json => {
    const shared = member === '$ref' && typeof value === 'string' ? sharedName(value) : undefined;
    if (shared === undefined) return embed(value);
    if (needed[shared] === undefined) {
      needed[shared] = {};
      needed[shared] = embed(sharedDefinitions[shared]);
    }
    return `#/definitions/${shared}`;
  };
  const embedded = asJsonObject(embed(schema));
  if (Object.keys(needed).length === 0) return embedded;
  return { ...embedded, definitions: { ...asJsonObject(embedded.definitions), ...needed } };
}

function sharedName(reference: string): string | undefined {
  return /^definitions\.json#\/definitions\/(\w+)$/.exec(reference)?.[1];
}
