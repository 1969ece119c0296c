import { asString, type JsonObject } from '../../../core/json.ts';
import type { ProjectModel, PropertyFacts, WwiseObject } from '../../model/model.ts';
import { checkedPlatform, unknownMember } from '../building/write-member.ts';

export interface PlatformMember {
  /** Canonical name of the property, reference or list. */
  readonly member: string;
  /** Undefined for references and lists, and for what stands in the file alone. */
  readonly facts: PropertyFacts | undefined;
  /** By name; the current platform for the null GUID. */
  readonly platform: string;
}

/** The member and platform that isLinked and its kin name. Throws for names the object or project does not have. */
export function platformMember(model: ProjectModel, object: WwiseObject, args: JsonObject): PlatformMember {
  const name = asString(args.property) ?? '';
  const facts = model.facts(object);
  const property = facts?.property(name);
  const member = (property ?? facts?.reference(name) ?? facts?.list(name))?.name;
  if (member === undefined && model.property(object, name) === undefined)
    throw unknownMember(model, object, name, 'property');
  const platform = checkedPlatform(model, asString(args.platform)) ?? model.platforms[0]?.name ?? '';
  return { member: member ?? name, facts: property, platform };
}
