import { toWwiseFlowError } from '../../../core/errors.ts';
import {
  asJsonArray,
  asJsonObject,
  asString,
  isJsonObject,
  type Json,
  type JsonObject,
} from '../../../core/json.ts';
import type { Waapi } from '../../connection/waapi.ts';

/** A type of the running Wwise. */
export interface KnownType {
  readonly name: string;
  readonly classId: number;
  /** WObject, Effect, Source... */
  readonly kind: string;
}

/** A property, reference or list of a type, as Wwise describes it. */
export interface TypeMember {
  readonly name: string;
  /** What the user interface calls it; empty when Wwise does not say. */
  readonly label: string;
  readonly kind: 'property' | 'reference' | 'list';
  /** Real32, bool, int16, string, Reference...; empty for a list. */
  readonly valueType: string;
  readonly default: Json;
  readonly min?: number;
  readonly max?: number;
  readonly choices?: readonly { readonly value: Json; readonly label: string }[];
  /** Types a reference may point at. */
  readonly targets?: readonly string[];
  readonly rtpc?: string;
}

/** Which type or object is meant. */
export type TypeKey = { readonly object: string } | { readonly classId: number };

/** Every type this Wwise has, plug-ins included. */
export async function knownTypes(waapi: Waapi): Promise<readonly KnownType[]> {
  return typesIn(await waapi.call('ak.wwise.core.object.getTypes'));
}

/**
 * Plug-ins that this Wwise can describe though it does not list them as types: the embedded engine knows those that are
 * installed separately. None where the deprecated function is gone, as from a running Wwise.
 */
export async function unlistedPlugins(waapi: Waapi): Promise<readonly KnownType[]> {
  try {
    return typesIn(await waapi.call('ak.wwise.core.plugin.getList'));
  } catch (error) {
    // Refused by Wwise, not failed on the way to it.
    if (typeof toWwiseFlowError(error).details?.uri === 'string') return [];
    throw error;
  }
}

function typesIn(answer: JsonObject): readonly KnownType[] {
  return asJsonArray(answer.return).flatMap((type) =>
    isJsonObject(type) && typeof type.name === 'string' && typeof type.classId === 'number'
      ? [{ name: type.name, classId: type.classId, kind: asString(type.type) ?? '' }]
      : [],
  );
}

/** The type of that name, without case. The one that 2025.1 renamed is found by either name. */
export function typeNamed(name: string, types: readonly KnownType[]): KnownType | undefined {
  const wanted = name.toLowerCase();
  const byName = (text: string | undefined) =>
    text === undefined ? undefined : types.find((type) => type.name.toLowerCase() === text);
  return byName(wanted) ?? byName(renamedTypes.get(wanted));
}

const renamedTypes = new Map([
  ['actormixer', 'propertycontainer'],
  ['propertycontainer', 'actormixer'],
]);

/** Names of the types that objects have: plug-ins are none. */
export function objectTypes(types: readonly KnownType[]): readonly string[] {
  return types.filter(({ kind }) => kind === 'WObject').map(({ name }) => name);
}

/** What Wwise says about these members of a type; one call each. A member it has no information about is a list. */
export async function describeMembers(
  of: TypeKey,
  names: readonly string[],
  waapi: Waapi,
): Promise<readonly TypeMember[]> {
  const members: TypeMember[] = [];
  for (const name of names) members.push(await describeMember(of, name, waapi));
  return members;
}

/** The same of one member. */
export async function describeMember(of: TypeKey, name: string, waapi: Waapi): Promise<TypeMember> {
  try {
    return memberOf(
      name,
      await waapi.call('ak.wwise.core.object.getPropertyInfo', { ...of, property: name }),
    );
  } catch (thrown) {
    const { code } = toWwiseFlowError(thrown);
    if (code !== 'UNKNOWN_PROPERTY' && code !== 'WAAPI_ERROR') throw thrown;
    return { name, label: '', kind: 'list', valueType: '', default: null };
  }
}

function memberOf(name: string, info: JsonObject): TypeMember {
  const restriction = asJsonObject(info.restriction);
  const { min, max } = restriction;
  const valueType = asString(info.type) ?? '';
  const choices = asJsonArray(restriction.values ?? restriction.enum).filter(isJsonObject);
  const targets = asJsonArray(restriction.restrictions)
    .filter(isJsonObject)
    .flatMap((part) => [...asJsonArray(part.type), ...asJsonArray(part.category)])
    .flatMap((type) => asString(type) ?? []);
  const rtpc = asString(asJsonObject(info.supports).rtpc) ?? 'None';
  return {
    name: asString(info.name) ?? name,
    label: asString(asJsonObject(info.display).name) ?? '',
    kind:
      valueType.toLowerCase() === 'reference' || restriction.type === 'reference' ? 'reference' : 'property',
    valueType,
    default: info.default ?? null,
    ...(typeof min === 'number' ? { min } : {}),
    ...(typeof max === 'number' ? { max } : {}),
    ...(choices.length === 0
      ? {}
      : {
          choices: choices.map((choice) => ({
            value: choice.value ?? null,
            label: asString(choice.displayName) ?? '',
          })),
        }),
    ...(targets.length === 0 ? {} : { targets }),
    ...(rtpc === 'None' ? {} : { rtpc }),
  };
}
