import type { Waapi } from '../../connection/waapi.ts';
import {
  describeMember,
  type KnownType,
  knownTypes,
  type TypeKey,
  type TypeMember,
  typeNamed,
} from './type-members.ts';

/** What Wwise said about members of types, kept from one command to the next. */
export interface KnownMembers {
  /** A member of the type of an object; asks Wwise once per link, type and name. Rejects like Waapi. */
  describe(of: MemberOwner, name: string, waapi: Waapi): Promise<TypeMember>;
  /** A label was taken for this number. */
  noteChoice(property: string, label: string, number: number): void;
  /** What a label was taken for; undefined when that was never so, or differs from type to type. */
  chosenNumber(property: string, label: string): number | undefined;
}

/** Whose members are meant: an object of a type, or what will be one. */
export interface MemberOwner {
  readonly type: string;
  readonly object?: string | undefined;
  readonly classId?: number | undefined;
}

/** A fresh link may lead to another version of Wwise, so everything is asked again there. */
export function createKnownMembers(): KnownMembers {
  let link: number | undefined;
  let members = new Map<string, TypeMember>();
  let types: readonly KnownType[] | undefined;

  const chosen = new Map<string, Set<number>>();
  const choiceKey = (property: string, label: string) =>
    `${property.replace(/^@+/, '')}\n${label}`.toLowerCase();

  const forgetOldLink = ({ linkCount }: Waapi): void => {
    if (linkCount !== link) [members, types] = [new Map(), undefined];
    link = linkCount;
  };

  const keyOf = async (
    { type, object, classId }: MemberOwner,
    waapi: Waapi,
  ): Promise<TypeKey | undefined> => {
    if (object !== undefined) return { object };
    if (classId !== undefined) return { classId };
    types ??= await knownTypes(waapi);
    const known = typeNamed(type, types);
    return known === undefined ? undefined : { classId: known.classId };
  };

  return {
    noteChoice(property, label, number) {
      const key = choiceKey(property, label);
      chosen.set(key, (chosen.get(key) ?? new Set()).add(number));
    },
    chosenNumber(property, label) {
      const [number, ...others] = chosen.get(choiceKey(property, label)) ?? [];
      return others.length === 0 ? number : undefined;
    },
    async describe(owner, name, waapi) {
      forgetOldLink(waapi);
      // Objects of one of these types have the members of their plug-in.
      const which = pluginTypes.has(owner.type) ? (owner.classId ?? owner.object ?? '') : '';
      const key = `${owner.type} ${which} ${name}`.toLowerCase();
      const before = members.get(key);
      if (before !== undefined) return before;
      const of = await keyOf(owner, waapi);
      const member = of === undefined ? unknownMember(name) : await describeMember(of, name, waapi);
      forgetOldLink(waapi);
      members.set(key, member);
      return member;
    },
  };
}

function unknownMember(name: string): TypeMember {
  return { name, label: '', kind: 'list', valueType: '', default: null };
}

const pluginTypes: ReadonlySet<string> = new Set(['Effect', 'SourcePlugin', 'AudioDevice', 'Metadata']);
