import { type Profile, requireProfile } from '../core/access/profile.ts';
import type { Subcommand } from './argv/subcommand.ts';

/**
 * Holds the command line to the profile, as tools and workflows are held to it.
 * @throws WwiseFlowError NOT_IN_PROFILE for a subcommand that does more than the profile includes
 */
export function checkSubcommandProfile(subcommand: Subcommand, profile: Profile): void {
  requireProfile(subcommand.kind, profile, profileForSubcommand(subcommand));
}

/** What a run does is checked node by node. */
function profileForSubcommand(subcommand: Subcommand): Profile {
  switch (subcommand.kind) {
    case 'new':
    case 'rollback':
    case 'worker':
      return 'designer';
    case 'gc':
      return subcommand.memo ? 'admin' : 'designer';
    case 'jobs':
      return subcommand.action === 'list' ? 'reader' : 'designer';
    case 'token':
    case 'hook':
      // Whoever has one comes in.
      return subcommand.action === 'list' ? 'reader' : 'admin';
    case 'schedule':
      return subcommand.action === 'list' || subcommand.action === 'history' ? 'reader' : 'admin';
    case 'callback':
      return subcommand.action === 'list' || subcommand.action === 'deliveries' ? 'reader' : 'admin';
    case 'waapi-server':
      // Its clients call what they like.
      return 'admin';
    default:
      return 'reader';
  }
}
