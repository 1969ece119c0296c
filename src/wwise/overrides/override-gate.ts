import { passesOn } from './lost-values.ts';
import { overrideRows } from './overrides.gen.ts';

/** What has to be true on an object before one of its members has an effect. */
export interface OverrideGate {
  /** `OverrideOutput`... */
  readonly override: string;
  /** Also where there is nothing above to inherit from. */
  readonly always: boolean;
}

/** The override that decides about a property, reference or list, or nothing; with a type, only where that type has it. */
export function overrideGate(member: string, type?: string): OverrideGate | undefined {
  const row = rowOf.get(member.toLowerCase());
  if (row === undefined || (type !== undefined && !row.types.includes(type))) return undefined;
  return row;
}

/** Whether objects of this type can have such members, or hold some that inherit through them. */
export function mayInherit(type: string): boolean {
  return passesOn.has(type) || inheriting.has(type);
}

const inheriting: ReadonlySet<string> = new Set(overrideRows.flatMap(({ types }) => types));

const rowOf = new Map(
  overrideRows.flatMap((row) => row.members.map((member) => [member.toLowerCase(), row])),
);
