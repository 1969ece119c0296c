import type { Effect } from '../effect.ts';
import { WwiseFlowError } from '../errors.ts';
import type { JsonObject } from '../json.ts';

/** Who a start is for, from the one who may do least: each may do all that those before it may. */
export const profiles = ['reader', 'designer', 'builder', 'admin'] as const;

export type Profile = (typeof profiles)[number];

/** What a command says of the profile it needs, where its effect does not say it. */
export interface Restricted {
  readonly effect: Effect;
  /** The least profile that may call it; a function of the raw input where some calls need more than `designer`. */
  readonly profile?: Profile | ((raw: JsonObject) => Profile) | undefined;
}

/** The least profile that may call it: what reads is for everybody, what changes something for a designer, unless it says more. */
export function profileFor({ effect, profile }: Restricted, raw: JsonObject): Profile {
  return typeof profile === 'function' ? profile(raw) : (profile ?? profileOfEffect(effect));
}

/** The least profile that may make at least some calls of it. */
export function profileToOffer({ effect, profile }: Restricted): Profile {
  return typeof profile === 'string' ? profile : profileOfEffect(effect);
}

/** Whether the one may do what the other may. */
export function mayDo(profile: Profile, needed: Profile): boolean {
  return profiles.indexOf(profile) >= profiles.indexOf(needed);
}

/**
 * Lets on who may do it.
 * @param what is to be done, as the message begins
 * @throws WwiseFlowError NOT_IN_PROFILE naming both profiles
 */
export function requireProfile(what: string, profile: Profile, needed: Profile): void {
  if (mayDo(profile, needed)) return;
  throw new WwiseFlowError(
    'NOT_IN_PROFILE',
    `${what} needs the profile ${needed}; this was started for a ${profile}.`,
    {
      hint: `Ask whoever starts it for --profile ${needed} (and no --read-only), or do it another way.`,
      details: { what, profile, needed },
    },
  );
}

function profileOfEffect(effect: Effect): Profile {
  return effect === 'read' ? 'reader' : 'designer';
}
