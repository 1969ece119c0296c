import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { asJsonArray, asJsonObject, asString, type JsonObject } from '../../core/json.ts';
import { didYouMean } from '../../core/text/nearest.ts';
import { functionSchemas, sharedDefinitions, topicSchemas } from './schemas.gen.ts';
import { argumentSchema } from './undocumented-schemas.ts';
import { waapiErrors } from './waapi-errors.ts';

/**
 * Checks a call against the documented schemas of its function. Throws ak.wwise.invalid_arguments or
 * ak.wwise.invalid_options naming the first member at fault. A function without documented schemas passes.
 */
export function checkArguments(uri: string, args: JsonObject, options: JsonObject): void {
  const schemas = functionSchemas[uri];
  if (schemas === undefined) return;
  const wrongArgument = firstViolation(argumentsKey(uri), argumentSchema(uri, schemas.args), args);
  if (wrongArgument !== undefined)
    throw waapiErrors.schemaViolation(wrongArgument.message, wrongArgument.details);
  const wrongOption = firstViolation(optionsKey(uri), schemas.options, options);
  if (wrongOption !== undefined) throw waapiErrors.optionsViolation(wrongOption.message, wrongOption.details);
}

/** Checks the options of a subscription. Throws ak.wwise.invalid_options. */
export function checkTopicOptions(topic: string, options: JsonObject): void {
  const schemas = topicSchemas[topic];
  if (schemas === undefined) return;
  const wrong = firstViolation(optionsKey(topic), schemas.options, options);
  if (wrong !== undefined) throw waapiErrors.optionsViolation(wrong.message, wrong.details);
}

/** Gets ready to check what clients call most: the first call of each would wait 10 to 40 ms for it. */
export function prepareChecks(): void {
  for (const uri of calledMost) {
    const schemas = functionSchemas[uri];
    if (schemas === undefined) continue;
    validatorOf(argumentsKey(uri), argumentSchema(uri, schemas.args));
    validatorOf(optionsKey(uri), schemas.options);
  }
}

const calledMost = [
  'ak.wwise.core.object.get',
  'ak.wwise.core.object.set',
  'ak.wwise.core.object.create',
  'ak.wwise.core.object.setProperty',
  'ak.wwise.core.audio.import',
];

const argumentsKey = (uri: string): string => `${uri}#args`;
const optionsKey = (uri: string): string => `${uri}#options`;

interface Violation {
  readonly message: string;
  readonly details: JsonObject;
}

const validators = new Map<string, ValidateFunction>();
// The optimiser takes longer than the validators it shortens ever run: the first object.set waited 70 ms for it.
const ajv = new Ajv({ strict: false, allErrors: false, verbose: true, code: { optimize: false } });
ajv.addSchema({ definitions: sharedDefinitions }, 'definitions.json');

function firstViolation(key: string, schema: JsonObject, value: JsonObject): Violation | undefined {
  const validate = validatorOf(key, schema);
  if (validate(value)) return undefined;
  const errors = validate.errors ?? [];
  const error = mostTelling(errors);
  return error === undefined ? undefined : describe(error);
}

/** Compiled on first use: most of the documented functions are never called. */
function validatorOf(key: string, schema: JsonObject): ValidateFunction {
  const known = validators.get(key);
  if (known !== undefined) return known;
  const made = ajv.compile(schema);
  validators.set(key, made);
  return made;
}

/**
 * Ajv lists the failures of every alternative before that of the whole. The one deepest in the value says most;
 * without a deeper one, the whole does.
 */
function mostTelling(errors: readonly ErrorObject[]): ErrorObject | undefined {
  const whole = errors.at(-1);
  let best = whole;
  for (const error of errors) if (depth(error) > depth(best)) best = error;
  return best;
}

function depth(error: ErrorObject | undefined): number {
  return error === undefined ? -1 : error.instancePath.split('/').length;
}

function describe(error: ErrorObject): Violation {
  const at = memberName(error.instancePath);
  const within = at === '' ? '' : `${at}.`;
  const unknown = unknownMember(error);
  if (unknown !== undefined) {
    const known = Object.keys(asJsonObject(asJsonObject(error.parentSchema).properties));
    return violation(`${within}${unknown}`, 'is unknown.', didYouMean(unknown, known).trim());
  }
  const missing = asString(asJsonObject(error.params).missingProperty) ?? missingAlternative(error);
  if (missing !== undefined) return violation(`${within}${missing}`, 'is missing.');
  return violation(at === '' ? '(all)' : at, `is invalid: ${showValue(error.data)} ${whyInvalid(error)}.`);
}

function violation(argumentName: string, what: string, reason = ''): Violation {
  const details = { argumentName, ...(reason === '' ? {} : { reasons: [reason] }) };
  return { message: `Argument ${argumentName} ${what}`, details };
}

/** Also where a required member is missing: a misspelt one says more than the one that is therefore missing. */
function unknownMember(error: ErrorObject): string | undefined {
  if (error.keyword === 'additionalProperties')
    return asString(asJsonObject(error.params).additionalProperty);
  const schema = asJsonObject(error.parentSchema);
  if (error.keyword !== 'required' || schema.additionalProperties !== false) return undefined;
  const known = asJsonObject(schema.properties);
  const patterns = Object.keys(asJsonObject(schema.patternProperties)).map(
    (pattern) => new RegExp(pattern, 'u'),
  );
  return Object.keys(asJsonObject(error.data)).find(
    (name) => known[name] === undefined && !patterns.some((pattern) => pattern.test(name)),
  );
}

/** `/objects/0/name` -> `objects[0].name` */
function memberName(instancePath: string): string {
  return instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce(
      (path, part) => (/^\d+$/.test(part) ? `${path}[${part}]` : path === '' ? part : `${path}.${part}`),
      '',
    );
}

/** For `oneOf: [{ required: [a, p] }, { required: [b, p] }]`: the members whose absence is nearest to complete. */
function missingAlternative(error: ErrorObject): string | undefined {
  if (error.keyword !== 'oneOf' && error.keyword !== 'anyOf') return undefined;
  if (asJsonObject(error.params).passingSchemas != null) return undefined;
  const given = asJsonObject(error.data);
  const lacking: string[][] = [];
  for (const branch of asJsonArray(error.schema)) {
    const required = asJsonArray(asJsonObject(branch).required);
    if (required.length === 0) return undefined;
    lacking.push(required.map(String).filter((name) => given[name] === undefined));
  }
  const fewest = Math.min(...lacking.map((names) => names.length));
  if (fewest === 0) return undefined;
  return [...new Set(lacking.filter((names) => names.length === fewest).flat())].join(' or ');
}

function showValue(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

function whyInvalid(error: ErrorObject): string {
  const definition = Object.keys(acceptedForms).find(
    (name) => sharedDefinitions[name] === error.parentSchema,
  );
  const form = definition === undefined ? undefined : acceptedForms[definition];
  if (form !== undefined) return `is not ${form}`;
  const parameters = asJsonObject(error.params);
  if (error.keyword === 'enum')
    return `is none of ${asJsonArray(parameters.allowedValues).map(String).join(', ')}`;
  if (error.keyword === 'oneOf' && parameters.passingSchemas != null)
    return 'fits several forms that exclude each other';
  if (error.keyword === 'oneOf' || error.keyword === 'anyOf') return 'fits none of the accepted forms';
  return error.message ?? 'does not fit the schema';
}

const acceptedForms: Readonly<Record<string, string>> = {
  objectArg: 'Type:Name, a GUID in braces or an absolute path that starts with a backslash',
  guid: 'a GUID in braces',
  platformArg: 'the name of a platform or a GUID in braces',
  platformOption: 'a name or a GUID in braces',
  soundEngineObjectArg: 'a name, a GUID in braces or a short id',
  propertyValue: 'null, a string, a number or a boolean',
};
