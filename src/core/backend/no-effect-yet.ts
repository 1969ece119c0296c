/** A value that was written to a member that has no effect until an override is set. */
export interface GatedWrite {
  /** The object, by GUID or as the call named it. */
  readonly object: string;
  readonly member: string;
  readonly override: string;
  /** Also where there is nothing above to inherit from. */
  readonly always: boolean;
  /** Something that moves the value was written, not the value. */
  readonly by?: 'RTPC' | 'States' | undefined;
  /**
   * Not one member (`member` and `override` are empty) but all that the object has, or these names of it: it was copied,
   * moved, or pasted onto as a whole.
   */
  readonly whole?: WholeWrite | undefined;
}

/** Which members of an object a call wrote that names none; all without `only`. */
export interface WholeWrite {
  readonly only?: readonly string[] | undefined;
  readonly except?: readonly string[] | undefined;
}

/** A member of an object whose value has no effect, or not all of it, while `override` has not the value `wanted`. */
export interface NoEffectYet {
  readonly id: string;
  readonly path: string;
  readonly member: string;
  readonly by: GatedWrite['by'];
  readonly override: string;
  readonly wanted: true | 2;
  /** Why it has none: what is above decides, the object itself switches it off, or only the direction is left out. */
  readonly why: 'inherited' | 'off' | 'distance only';
}

/** What has no effect as things are now, and how that is said: a sentence for each override, with the call that sets it. */
export interface WithoutEffect {
  readonly found: readonly NoEffectYet[];
  readonly notices: readonly string[];
}
