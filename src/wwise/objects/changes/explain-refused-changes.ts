import { WwiseFlowError } from '../../../core/errors.ts';
import type { CommandContext } from '../../wwise-command.ts';
import { askRows } from '../finding/ask-rows.ts';
import { childrenOf } from '../finding/children-of.ts';
import { type FoundObject, refOf, refReturns } from '../rows/object-row.ts';
import { explainChoice } from '../types/choice-values.ts';
import type { MemberOwner } from '../types/known-members.ts';
import { hasProperty, propertyNames, unknownProperty } from '../types/property-names.ts';
import { knownTypes, objectTypes, typeNamed } from '../types/type-members.ts';
import { unknownType } from '../types/unknown-type.ts';
import type { AskedChange, Members } from './asked-change.ts';

/** Why Wwise refused the changes, in the words of who asked for them: the error to throw instead of its own. */
export async function explainRefusedChanges(
  error: WwiseFlowError,
  changes: readonly AskedChange[],
  found: readonly FoundObject[],
  context: CommandContext,
): Promise<WwiseFlowError> {
  const explained =
    error.code === 'NAME_CONFLICT'
      ? await takenName(changes, found, context)
      : ((await wrongMember(changes, found, context)) ?? (await wrongType(changes, error, context)));
  return explained ?? (await wrongChoice(changes, found, context)) ?? error;
}

/** The first property of a named object that its type does not have. */
async function wrongMember(
  changes: readonly AskedChange[],
  found: readonly FoundObject[],
  context: CommandContext,
) {
  for (const [index, { properties, references, lists }] of changes.entries()) {
    const object = found[index];
    const names = [properties, references, lists].flatMap((group) => Object.keys(group ?? {}));
    if (object === undefined || names.length === 0) continue;
    const known = await propertyNames({ object: object.id }, context.waapi);
    const wrong = names.map((name) => name.replace(/^@/, '')).find((name) => !hasProperty(name, known));
    if (wrong !== undefined) return unknownProperty(wrong, known, object.type);
  }
  return undefined;
}

/** The first type of a new object that Wwise does not have, when that is what it refused. */
async function wrongType(
  changes: readonly AskedChange[],
  { message }: WwiseFlowError,
  context: CommandContext,
) {
  const named = [...new Set(changes.flatMap(typesIn))].filter((type) => message.includes(type));
  if (named.length === 0) return undefined;
  const known = await knownTypes(context.waapi);
  const wrong = named.find((type) => typeNamed(type, known) === undefined);
  return wrong === undefined || known.length === 0 ? undefined : unknownType(wrong, objectTypes(known));
}

function typesIn({ children, lists }: Members): readonly string[] {
  const below = [...(children ?? []), ...Object.values(lists ?? {}).flat()];
  return below.flatMap((item) => [item.type, ...typesIn(item)]);
}

/** Which child of a named object, or which sibling, has the name already that a new or renamed one shall get. */
async function takenName(
  changes: readonly AskedChange[],
  found: readonly FoundObject[],
  context: CommandContext,
): Promise<WwiseFlowError | undefined> {
  for (const [index, { name: newName, children = [] }] of changes.entries()) {
    const object = found[index];
    if (object === undefined) continue;
    const siblings =
      newName === undefined
        ? []
        : await askRows(`$ "${object.id}" select parent select children`, refReturns, context);
    const sibling = siblings
      .map(refOf)
      .find(({ id, name }) => id !== object.id && name.toLowerCase() === newName?.toLowerCase());
    const present = children.length === 0 ? [] : await childrenOf(object.id, context);
    const wanted = new Set(children.map(({ name }) => name.toLowerCase()));
    const existing = sibling ?? present.find(({ name }) => wanted.has(name.toLowerCase()));
    if (existing === undefined) continue;
    const parentPath = existing.path.slice(0, existing.path.lastIndexOf('\\'));
    return new WwiseFlowError(
      'NAME_CONFLICT',
      `"${parentPath}" already has a child named "${existing.name}": nothing was changed.`,
      {
        hint: 'Change details.existing instead, choose another name, or set onNameConflict to rename, replace or merge.',
        details: { object: refOf(object.row), existing: refOf({ ...existing }) },
      },
    );
  }
  return undefined;
}

/** The first value, of a named object or of a new one, that is no choice of its property. */
async function wrongChoice(
  changes: readonly AskedChange[],
  found: readonly FoundObject[],
  context: CommandContext,
): Promise<WwiseFlowError | undefined> {
  const inMembers = async (members: Members, owner: MemberOwner): Promise<WwiseFlowError | undefined> => {
    const own = await explainChoice(owner, members.properties ?? {}, context);
    const below = [...(members.children ?? []), ...Object.values(members.lists ?? {}).flat()];
    if (own !== undefined) return own;
    for (const item of below) {
      const wrong = await inMembers(item, item);
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  };
  for (const [at, one] of changes.entries()) {
    const { id, type = '' } = found[at] ?? {};
    const wrong = await inMembers(one, { type, object: id });
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}
