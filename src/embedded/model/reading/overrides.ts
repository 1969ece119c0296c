import { overrideRows } from '../../../wwise/overrides/overrides.gen.ts';

const overrideOf = new Map(
  overrideRows.flatMap(({ override, members }) => members.map((member) => [member.toLowerCase(), override])),
);

/**
 * The override property that governs a property, reference or list: without it, the value in effect is the parent's.
 * Undefined when the member is never inherited.
 */
export function overrideFor(member: string): string | undefined {
  return overrideOf.get(member.toLowerCase());
}
