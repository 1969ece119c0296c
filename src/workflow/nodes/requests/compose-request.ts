import { validateHeaderName, validateHeaderValue } from 'node:http';
import { WwiseFlowError } from '../../../core/errors.ts';
import { asJsonObject, asString, isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';
import type { HttpAuth } from '../../remote/http/authorise.ts';
import type { HostLimit } from '../../remote/http/host-queues.ts';
import { fillTemplate, type PresetScope } from '../../remote/presets/fill-template.ts';
import type { NamedPreset, PresetOperation } from '../../remote/presets/preset.ts';
import type { Presets } from '../../remote/presets/read-presets.ts';
import { showValue } from '../../runtime/values/show-value.ts';
import { declaredParams } from './declared-params.ts';
import { operationAt } from './operation-at.ts';
import { plainTextOf } from './plain-text.ts';
import type { RequestInput } from './request-input.ts';
import { refuseUnknownSettings, settingsOf, unknownInPreset } from './settings-of.ts';

/** A request as it will be sent, credentials aside: they are added at the last moment, and stand in nothing that is kept. */
export interface ComposedRequest {
  readonly method: string;
  readonly url: URL;
  /** What paths of the preset lie below. */
  readonly base: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly file: string | undefined;
  readonly auth: HttpAuth | undefined;
  readonly rateLimit: HostLimit | undefined;
  readonly operation: PresetOperation | undefined;
  readonly scope: PresetScope;
  /** What errors call it. */
  readonly where: string;
}

/** The preset and the operation that an input means. Throws PRESET_NOT_FOUND, and INVALID_INPUT for settings there are none of. */
export interface ChosenPreset {
  readonly preset: NamedPreset | undefined;
  readonly operation: PresetOperation | undefined;
  readonly where: string;
}

export function choosePreset(input: RequestInput, presets: Presets): ChosenPreset {
  if (input.preset === undefined) {
    for (const member of ['operation', 'endpoint', 'settings'] as const)
      if (input[member] !== undefined)
        throw invalid(
          `"${member}" needs a preset.`,
          'Name the "preset" too, or write the whole address as "url".',
          member,
        );
    if (input.url === undefined)
      throw invalid('There is neither a "preset" nor a "url".', 'Write one of the two.', 'url');
    return { preset: undefined, operation: undefined, where: 'The request' };
  }
  const preset = presets.find(input.preset);
  refuseUnknownSettings(input.settings, preset);
  const names = Object.keys(preset.operations);
  const byPath = input.endpoint === undefined ? undefined : operationAt(preset, input.endpoint);
  const wanted = input.operation ?? byPath ?? (input.endpoint === undefined ? preset.default : undefined);
  if (wanted === undefined) return { preset, operation: undefined, where: preset.name };
  const operation = preset.operations[wanted];
  if (operation === undefined) throw unknownInPreset(preset, 'operation', wanted, names);
  return { preset, operation, where: `${preset.name} ${wanted}` };
}

/**
 * Puts a request together. `key` names it for good, and is `input.key` of the preset: the same request that is sent again after a
 * crash has the same one. Throws INVALID_INPUT naming what is missing or unknown.
 */
export function composeRequest(
  input: RequestInput,
  { preset, operation, where }: ChosenPreset,
  params: JsonObject,
  key = '',
): ComposedRequest {
  const scope: PresetScope = {
    key,
    params: operation === undefined ? params : declaredParams(params, operation.params, where),
    settings: settingsOf(input.settings, preset, params),
  };
  const fill = (value: Json | undefined) =>
    value === undefined ? undefined : fillTemplate(value, scope, where);
  const method = input.method ?? operation?.method ?? (hasBody(input) ? 'POST' : 'GET');
  const isQuery = ['GET', 'HEAD', 'DELETE'].includes(method);
  const free = operation === undefined ? params : {};
  const inPath = { ...scope, params: encodedTexts(scope.params) };
  const fillPath = (value: Json | undefined) =>
    value === undefined ? undefined : fillTemplate(value, inPath, where);
  const url = addressOf(input, preset, operation, { fill, fillPath });
  const query = { ...(isQuery ? free : {}), ...asJsonObject(fill(operation?.query)), ...input.query };
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null) continue;
    for (const one of Array.isArray(value) ? value : [value]) url.searchParams.append(name, plainTextOf(one));
  }
  const form = input.form ?? asJsonObjectOrNone(fill(operation?.form));
  const body =
    input.body ?? fill(operation?.body) ?? (isQuery || Object.keys(free).length === 0 ? undefined : free);
  const headers: Record<string, string> = { 'user-agent': 'wwiseflow', accept: '*/*' };
  if (form !== undefined) headers['content-type'] = 'application/x-www-form-urlencoded';
  else if (body !== undefined && typeof body !== 'string') headers['content-type'] = 'application/json';
  for (const [name, value] of Object.entries({
    ...asJsonObject(fill(preset?.headers)),
    ...asJsonObject(fill(operation?.headers)),
    ...input.headers,
  }))
    if (value !== undefined && value !== null)
      headers[name.toLowerCase()] = headerValue(name, plainTextOf(value));
  return {
    method,
    url,
    base: preset === undefined ? url.origin : (asString(input.url ?? fill(preset.baseUrl)) ?? ''),
    headers,
    body:
      form !== undefined
        ? formText(form)
        : typeof body === 'string'
          ? body
          : body === undefined
            ? undefined
            : JSON.stringify(body),
    file: input.file,
    auth: input.auth ?? authOf(preset?.auth, fill),
    rateLimit: preset?.rateLimit,
    operation,
    scope,
    where,
  };
}

/**
 * A GET that follows another request: a path below the same base, or an address. Another machine is not shown who asks.
 */
export function composeFollowUp(
  request: ComposedRequest,
  pathOrAddress: string,
  query: JsonObject = {},
): ComposedRequest {
  const text = URL.canParse(pathOrAddress)
    ? pathOrAddress
    : `${request.base.replace(/\/$/, '')}/${pathOrAddress.replace(/^\//, '')}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    throw invalid(`"${text}" is no address of http or https.`, 'Look at what the service answered.', 'poll');
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== null) url.searchParams.append(name, plainTextOf(value));
  const isElsewhere = url.origin !== request.url.origin;
  const { 'content-type': _, ...own } = request.headers;
  const headers = isElsewhere ? { 'user-agent': 'wwiseflow', accept: '*/*' } : own;
  return {
    ...request,
    ...{ method: 'GET', url, headers, body: undefined, file: undefined, operation: undefined },
    auth: isElsewhere ? undefined : request.auth,
  };
}

/** The region and the id of the key may be settings. */
function authOf(
  auth: HttpAuth | undefined,
  fill: (value: Json | undefined) => Json | undefined,
): HttpAuth | undefined {
  if (auth?.type !== 'aws') return auth;
  const accessKeyId = asString(fill(auth.accessKeyId)) ?? '';
  if (accessKeyId === '')
    throw invalid(
      'The id of the key is missing.',
      'Give the setting "accessKeyId" of the preset.',
      'settings',
    );
  return { ...auth, accessKeyId, region: asString(fill(auth.region)) ?? '' };
}

function hasBody({ body, form, file }: RequestInput): boolean {
  return body !== undefined || form !== undefined || file !== undefined;
}

function addressOf(
  input: RequestInput,
  preset: NamedPreset | undefined,
  operation: PresetOperation | undefined,
  { fill, fillPath }: Record<'fill' | 'fillPath', (value: Json | undefined) => Json | undefined>,
): URL {
  const base = asString(input.url ?? fill(preset?.baseUrl)) ?? '';
  const path = asString(operation === undefined ? (input.endpoint ?? '') : fillPath(operation.path)) ?? '';
  if (base === '' && preset !== undefined)
    throw invalid(
      `The preset "${preset.name}" is that of no service that is asked by HTTP.`,
      preset.mail === undefined ? 'Use it in a node of the kind exec.' : 'Use it in a node of the kind mail.',
      'preset',
    );
  const text =
    preset === undefined
      ? base
      : path === ''
        ? base
        : `${base.replace(/\/$/, '')}/${path.replace(/^\//, '')}`;
  if (URL.canParse(text)) {
    const url = new URL(text);
    if (url.protocol === 'http:' || url.protocol === 'https:') return url;
  }
  throw invalid(
    `"${text}" is no address of http or https.`,
    'Write it as https://api.example.com/path.',
    'url',
  );
}

function asJsonObjectOrNone(value: Json | undefined): JsonObject | undefined {
  return isJsonObject(value) ? value : undefined;
}

/** Parameters as they may stand in a path, of which a text may be a part: "images/new 1.png". */
function encodedTexts(params: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.split('/').map(encodeURIComponent).join('/') : value,
    ]),
  );
}

function formText(form: JsonObject): string {
  const text = new URLSearchParams();
  for (const [name, value] of Object.entries(form))
    if (value !== undefined && value !== null)
      for (const one of Array.isArray(value) ? value : [value]) text.append(name, plainTextOf(one));
  return text.toString();
}

function invalid(message: string, hint: string, field: string): WwiseFlowError {
  return new WwiseFlowError('INVALID_INPUT', message, { hint, details: { field } });
}

/** The value, which may be a secret and is not repeated. Throws INVALID_INPUT for what would end the header or is none. */
function headerValue(name: string, value: string): string {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return value;
  } catch {
    throw new WwiseFlowError('INVALID_INPUT', `The header ${showValue(name)} cannot be sent.`, {
      hint: 'Names of headers are letters, digits and hyphens; values have no line breaks and no control characters.',
      details: { header: name },
    });
  }
}
