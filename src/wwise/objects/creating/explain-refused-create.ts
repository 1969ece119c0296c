import { WwiseFlowError } from '../../../core/errors.ts';
import { asJsonArray, asString, isJsonObject, type JsonObject } from '../../../core/json.ts';
import type { Waapi } from '../../connection/waapi.ts';
import { childrenOf } from '../finding/children-of.ts';
import { namesakes } from '../finding/namesakes.ts';
import { type ObjectRef, refOf } from '../rows/object-row.ts';
import { wwiseWords } from '../rows/wwise-words.ts';
import { hasProperty, propertyNames, unknownProperty } from '../types/property-names.ts';
import { knownTypes, objectTypes, typeNamed } from '../types/type-members.ts';
import { unknownType } from '../types/unknown-type.ts';
import type { ChildSpec } from './child-spec.ts';

/**
 * Why Wwise refused a create, in terms of the input: the object that has the name, the type or property that does not
 * exist; CREATE_FAILED with Wwise's own words otherwise. Errors of the connection are returned as they are.
 */
export async function explainRefusedCreate(
  error: WwiseFlowError,
  parent: ObjectRef,
  spec: ChildSpec,
  waapi: Waapi,
): Promise<WwiseFlowError> {
  if (error.code === 'NAME_CONFLICT' && error.details?.reason !== 'name_in_use')
    return nameConflict(error, parent, spec, waapi);
  if (error.code !== 'WAAPI_ERROR' && error.code !== 'UNKNOWN_PROPERTY') return error;
  return (
    (await unknownTypeOrProperty(spec, waapi)) ??
    createFailed(error, parent, spec, await workUnitsIn(parent, spec, waapi))
  );
}

async function nameConflict(
  error: WwiseFlowError,
  parent: ObjectRef,
  spec: ChildSpec,
  waapi: Waapi,
): Promise<WwiseFlowError> {
  const [existing] = await namesakes(parent.id, spec.name, { waapi });
  return new WwiseFlowError('NAME_CONFLICT', `"${parent.path}" already has a child named "${spec.name}".`, {
    hint: 'Use the existing object (details.existing), choose another name, or set onNameConflict to rename, merge or replace.',
    details: { ...error.details, parent: refOf({ ...parent }), name: spec.name, existing: existing ?? null },
    cause: error,
  });
}

/** A part of the tree to create: the object itself or one of its children. */
interface Part {
  readonly type: string;
  readonly properties: readonly string[];
}

async function unknownTypeOrProperty(spec: ChildSpec, waapi: Waapi): Promise<WwiseFlowError | undefined> {
  const types = await knownTypes(waapi);
  if (types.length === 0) return undefined;
  for (const { type, properties } of partsOf({ type: spec.type, ...spec.members })) {
    const known = typeNamed(type, types);
    if (known === undefined) return unknownType(type, objectTypes(types));
    const names = properties.length === 0 ? [] : await propertyNames({ classId: known.classId }, waapi);
    const wrong = properties.find((property) => !hasProperty(property, names));
    if (wrong !== undefined && names.length > 0) return unknownProperty(wrong, names, known.name);
  }
  return undefined;
}

function partsOf(tree: JsonObject): readonly Part[] {
  const properties = Object.keys(tree).filter((name) => name.startsWith('@'));
  const own = { type: asString(tree.type) ?? '', properties: properties.map((name) => name.slice(1)) };
  return [own, ...asJsonArray(tree.children).filter(isJsonObject).flatMap(partsOf)];
}

/** A root folder holds Work Units only, which hold the rest: the paths of those that could be the parent instead. */
async function workUnitsIn(parent: ObjectRef, spec: ChildSpec, waapi: Waapi): Promise<readonly string[]> {
  const isRoot = parent.path.lastIndexOf('\\') === 0 && parent.path.length > 1;
  if (!isRoot || spec.type.toLowerCase() === 'workunit') return [];
  const children = await childrenOf(parent.id, { waapi });
  return children.filter(({ type }) => type === 'WorkUnit').map(({ path }) => path);
}

function createFailed(
  error: WwiseFlowError,
  parent: ObjectRef,
  spec: ChildSpec,
  workUnits: readonly string[],
): WwiseFlowError {
  return new WwiseFlowError(
    'CREATE_FAILED',
    `Wwise did not create ${spec.type} "${spec.name}" under ${parent.type} "${parent.path}": ${wwiseWords(error)}`,
    {
      hint:
        workUnits.length > 0
          ? `A root folder holds only Work Units: give one of them as the parent, such as "${workUnits[0]}".`
          : spec.type.toLowerCase() === 'effect'
            ? 'Use add_effect with plugin: on an object for an effect of its own, in a Work Unit of Effects for a ShareSet.'
            : 'Check that the parent may hold an object of this type and that every value fits its property.',
      details: {
        ...error.details,
        ...(workUnits.length > 0 ? { candidates: workUnits.slice(0, 20) } : {}),
        parent: refOf({ ...parent }),
        type: spec.type,
        name: spec.name,
      },
      cause: error,
    },
  );
}
