import type { ValidateFunction } from 'ajv';
import { asJsonObject, isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import type { Waapi } from '../connection/waapi.ts';
import { type LiveSchema, liveSchema, offeredUris } from './live-schema.ts';

/** A schema of the running Wwise, made ready to check values by. */
export interface ReadySchema {
  readonly schema: JsonObject;
  /** Undefined where this validator cannot read the schema: Wwise checks the call in any case. */
  readonly validate: ValidateFunction | undefined;
}

export interface CallSchemas {
  /** The functions the running Wwise offers. Asks Wwise once per link. */
  functions(waapi: Waapi): Promise<ReadonlySet<string>>;
  /** What a function takes, ready to check by. Asks Wwise once per link and function; rejects like `liveSchema`. */
  of(uri: string, waapi: Waapi): Promise<{ readonly args?: ReadySchema; readonly options?: ReadySchema }>;
}

interface Known {
  readonly functions?: ReadonlySet<string>;
  readonly schemas: Map<string, Awaited<ReturnType<CallSchemas['of']>>>;
}

/**
 * What calls are checked by, kept from one call to the next: asking costs two calls of Wwise, and making a schema ready more
 * than most calls take. A fresh link may lead to another version of Wwise, so everything is asked again there.
 */
export function createCallSchemas(): CallSchemas {
  let link: number | undefined;
  let known: Known = { schemas: new Map() };

  const knownOver = ({ linkCount }: Waapi): Known => {
    // The count of a link is known once it is open, so before the first call there is nothing to forget.
    if (linkCount !== link) known = { schemas: new Map() };
    link = linkCount;
    return known;
  };

  return {
    functions: async (waapi) => {
      const before = knownOver(waapi).functions;
      if (before !== undefined) return before;
      const functions = new Set(await offeredUris('functions', waapi));
      known = { ...knownOver(waapi), functions };
      return functions;
    },
    of: async (uri, waapi) => {
      const before = knownOver(waapi).schemas.get(uri);
      if (before !== undefined) return before;
      const ready = await readyToCheck(await liveSchema(uri, waapi));
      knownOver(waapi).schemas.set(uri, ready);
      return ready;
    },
  };
}

async function readyToCheck({ argsSchema, optionsSchema }: LiveSchema) {
  return {
    ...(argsSchema === undefined ? {} : { args: await compiled(argsSchema) }),
    ...(optionsSchema === undefined ? {} : { options: await compiled(optionsSchema) }),
  };
}

async function compiled(schema: JsonObject): Promise<ReadySchema> {
  // Loaded here: it is many files, and a server must answer before it needs them.
  const { Ajv } = await import('ajv');
  try {
    const validate = new Ajv({ strict: false, allErrors: true }).compile(asJsonObject(selfContained(schema)));
    return { schema, validate };
  } catch {
    return { schema, validate: undefined };
  }
}

/** The schema without references to other files, and without the names that would make the validator look for them. */
function selfContained(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(selfContained);
  if (!isJsonObject(schema)) return schema;
  const isForeign = (name: string, value: Json | undefined) =>
    name === '$ref' && typeof value === 'string' && !value.startsWith('#');
  return Object.fromEntries(
    Object.entries(schema).flatMap(([name, value]) =>
      isForeign(name, value) ||
      ((name === '$schema' || name === 'id' || name === '$id') && typeof value === 'string')
        ? []
        : [[name, selfContained(value ?? null)]],
    ),
  );
}
