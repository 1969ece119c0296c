import { validateHeaderName, validateHeaderValue } from 'node:http';
import { WwiseFlowError } from '../../../core/errors.ts';
import { asJsonObject, asString, isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';
import { didYouMean, nearest } from '../../../core/text/nearest.ts';
import type { HttpAuth } from '../../remote/http/authorise.ts';
import type { HostLimit } from '../../remote/http/host-queues.ts';
import { fillTemplate, type PresetScope } from '../../remote/presets/fill-template.ts';
import type { NamedPreset, PresetOperation } from '../../remote/presets/preset.ts';
import type { Presets } from '../../remote/presets/read-presets.ts';
import { showValue } from '../../runtime/values/show-value.ts';
import { plainTextOf } from './plain-text.ts';
import type { RequestInput } from './request-input.ts';

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
  for (const name of Object.keys(input.settings ?? {}))
    if (preset.settings[name] === undefined)
      throw unknownIn(preset, 'setting', name, Object.keys(preset.settings));
  const names = Object.keys(preset.operations);
  const byPath = names.find((name) => {
    const path = preset.operations[name]?.path;
    return path !== undefined && input.endpoint !== undefined && samePath(path, input.endpoint);
  });
  const wanted = input.operation ?? byPath ?? (input.endpoint === undefined ? preset.default : undefined);
  if (wanted === undefined) return { preset, operation: undefined, where: preset.name };
  const operation = preset.operations[wanted];
  if (operation === undefined) throw unknownIn(preset, 'operation', wanted, names);
  return { preset, operation, where: `${preset.name} ${wanted}` };
}

/** Puts a request together. Throws INVALID_INPUT naming what is missing or unknown. */
export function composeRequest(
  input: RequestInput,
  { preset, operation, where }: ChosenPreset,
  params: JsonObject,
): ComposedRequest {
  const scope: PresetScope = {
    params: operation === undefined ? params : declaredParams(params, operation, where),
    settings: settingsOf(input, preset, params),
  };
  const fill = (value: Json | undefined) =>
    value === undefined ? undefined : fillTemplate(value, scope, where);
  const method = input.method ?? operation?.method ?? (hasBody(input) ? 'POST' : 'GET');
  const isQuery = ['GET', 'HEAD', 'DELETE'].includes(method);
  const free = operation === undefined ? params : {};
  const url = addressOf(input, preset, operation, fill);
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
    auth: input.auth ?? preset?.auth,
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

function hasBody({ body, form, file }: RequestInput): boolean {
  return body !== undefined || form !== undefined || file !== undefined;
}

function addressOf(
  input: RequestInput,
  preset: NamedPreset | undefined,
  operation: PresetOperation | undefined,
  fill: (value: Json | undefined) => Json | undefined,
): URL {
  const base = asString(input.url ?? fill(preset?.baseUrl)) ?? '';
  const path = asString(operation === undefined ? (input.endpoint ?? '') : fill(operation.path)) ?? '';
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

function settingsOf(input: RequestInput, preset: NamedPreset | undefined, params: JsonObject): JsonObject {
  const made: Record<string, Json> = {};
  for (const [name, { default: usual, by }] of Object.entries(preset?.settings ?? {})) {
    const value = input.settings?.[name] ?? usual ?? null;
    const chosen = by === undefined ? undefined : asString(params[by]);
    made[name] = isJsonObject(value) && chosen !== undefined ? (value[chosen] ?? null) : value;
  }
  return made;
}

/** Every parameter that is declared, null where it was not given. */
function declaredParams(params: JsonObject, operation: PresetOperation, where: string): JsonObject {
  const names = Object.keys(operation.params);
  for (const name of Object.keys(params)) {
    if (names.includes(name)) continue;
    throw invalid(
      `${where} has no parameter "${name}".${didYouMean(name, names)}`,
      `It has: ${names.join(', ') || 'none'}.`,
      'mapping',
      { candidates: nearest(name, names) },
    );
  }
  const made: Record<string, Json> = {};
  for (const name of names) {
    const value = params[name] ?? null;
    if (value === null && operation.params[name]?.required === true)
      throw invalid(
        `${where} needs the parameter "${name}".`,
        'Give it in "mapping" or "itemMapping".',
        'mapping',
      );
    made[name] = value;
  }
  return made;
}

function asJsonObjectOrNone(value: Json | undefined): JsonObject | undefined {
  return isJsonObject(value) ? value : undefined;
}

function formText(form: JsonObject): string {
  const text = new URLSearchParams();
  for (const [name, value] of Object.entries(form))
    if (value !== undefined && value !== null)
      for (const one of Array.isArray(value) ? value : [value]) text.append(name, plainTextOf(one));
  return text.toString();
}

function samePath(one: string, other: string): boolean {
  return one.replaceAll(/^\/|\/$/g, '') === other.replaceAll(/^\/|\/$/g, '');
}

function unknownIn(
  preset: NamedPreset,
  what: string,
  name: string,
  known: readonly string[],
): WwiseFlowError {
  return new WwiseFlowError(
    what === 'operation' ? 'PRESET_NOT_FOUND' : 'INVALID_INPUT',
    `The preset "${preset.name}" has no ${what} "${name}".${didYouMean(name, known)}`,
    {
      hint: `It has: ${known.join(', ') || 'none'}.`,
      details: { preset: preset.name, [what]: name, candidates: nearest(name, known) },
    },
  );
}

function invalid(message: string, hint: string, field: string, more: JsonObject = {}): WwiseFlowError {
  return new WwiseFlowError('INVALID_INPUT', message, { hint, details: { field, ...more } });
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
