import { setTimeout as delay } from 'node:timers/promises';
import type { Session } from '../session.ts';

/** Beyond what it had when it was warm, in MB. */
export const mostGrowthMb = 250;

/** What a server has when it has nothing to do: the least of some looks, since V8 gives back when it likes. */
export async function settledMb(session: Session, looks = 6): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let nth = 0; nth < looks; nth++) {
    await session.call('project_info', {});
    least = Math.min(least, session.residentMb());
    await delay(250);
  }
  return least;
}
