import { WwiseFlowError } from '../../../core/errors.ts';
import { asJsonArray, asString } from '../../../core/json.ts';
import { didYouMean, nearest } from '../../../core/text/nearest.ts';
import type { Waapi } from '../../connection/waapi.ts';
import type { CommandContext } from '../../wwise-command.ts';
import type { MemberOwner } from './known-members.ts';

/** Names of all properties, references and lists that an object or a class has. */
export async function propertyNames(
  of: { readonly object: string } | { readonly classId: number },
  waapi: Waapi,
): Promise<readonly string[]> {
  const answer = await waapi.call('ak.wwise.core.object.getPropertyAndReferenceNames', { ...of });
  return asJsonArray(answer.return).flatMap((name) => asString(name) ?? []);
}

/** True when the type has this property or reference; Wwise ignores case here. */
export function hasProperty(name: string, known: readonly string[]): boolean {
  return known.some((candidate) => candidate.toLowerCase() === name.toLowerCase());
}

/** UNKNOWN_PROPERTY with the names most like the wrong one. */
export function unknownProperty(name: string, known: readonly string[], typeName: string): WwiseFlowError {
  const candidates = nearest(name, known, 5);
  return new WwiseFlowError(
    'UNKNOWN_PROPERTY',
    `${typeName} has no property or reference "${name}".${didYouMean(name, known)}`,
    {
      hint:
        commandFor[name.toLowerCase()] ??
        (/duck/i.test(name) ? duckingHint : undefined) ??
        (candidates.length > 0
          ? 'Use one of details.candidates.'
          : 'List the names with get_object and listProperties: true, then use one of them.'),
      details: { property: name, type: typeName, candidates },
    },
  );
}

/**
 * The same for a name that was to be a reference: of its type's names only references are proposed, unless none is like it.
 * Asks Wwise about the names like it.
 */
export async function unknownReference(
  name: string,
  known: readonly string[],
  owner: MemberOwner,
  access: Pick<CommandContext, 'waapi' | 'members'>,
): Promise<WwiseFlowError> {
  const references: string[] = [];
  for (const candidate of nearest(name, known, mostAsked)) {
    const { kind } = await access.members.describe(owner, candidate, access.waapi);
    if (kind === 'reference') references.push(candidate);
  }
  return unknownProperty(name, references.length === 0 ? known : references, owner.type);
}

const mostAsked = 20;

/** No list, property or function of the WAAPI reference of any version holds what a bus ducks. */
const duckingHint =
  'WAAPI neither reads nor sets which busses a bus ducks: use its Auto-ducking tab in the window of Wwise. Only MaxDuckVolume is a property. To lower a bus by another signal through WAAPI, let a Game Parameter drive its BusVolume (the effect Wwise Meter on the other bus writes one).';

/** What looks like a property, but is changed otherwise. */
const commandFor: Readonly<Record<string, string>> = {
  name: 'Use rename_object for the name.',
  notes: 'Use set_notes for the notes.',
  parent: 'Use move_object to change the parent.',
  type: 'Use convert_type to change the type.',
};
