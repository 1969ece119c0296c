import { WwiseFlowError } from '../../core/errors.ts';
import { asJsonArray, asString } from '../../core/json.ts';
import { didYouMean, nearest } from '../../core/nearest.ts';
import type { Waapi } from '../../wwise/connection/waapi.ts';

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
        (candidates.length > 0
          ? 'Use one of details.candidates.'
          : 'List the names with get_object and listProperties: true, then use one of them.'),
      details: { property: name, type: typeName, candidates },
    },
  );
}

/** What looks like a property, but is changed otherwise. */
const commandFor: Readonly<Record<string, string>> = {
  name: 'Use rename_object for the name.',
  notes: 'Use set_notes for the notes.',
  parent: 'Use move_object to change the parent.',
  type: 'Use convert_type to change the type.',
};
