import type { RunStore } from '../../../core/stores/run-store.ts';
import type { OnRunEvent } from '../events/events.ts';
import { lastStates } from '../journal/read-journal.ts';
import type { RunSessions } from '../journal/run-journal.ts';
import type { KeptSessions } from './sessions.ts';
import { type Standing, sessionAt, standingIn } from './standing.ts';

/** Where runs stand, quickly: their sessions say it up to a position of the journal, which has the rest. */
export interface Standings {
  /** Always what the journal says, whoever wrote it. */
  of(executionId: string): Promise<Standing>;
  /** What journals keep of runs that wait for an answer; undefined where there are no sessions. */
  readonly kept: RunSessions | undefined;
  /** Hears that a run which has a session goes on. */
  listener(executionId: string): OnRunEvent;
}

export function createStandings(
  store: Pick<RunStore, 'transitionsSince'>,
  sessions: KeptSessions | undefined,
  now: () => number,
): Standings {
  const of: Standings['of'] = async (executionId) => {
    const known = standingIn(await sessions?.recoverSession(executionId));
    const { transitions, position } = await store.transitionsSince(executionId, known.position);
    return transitions.length === 0 ? known : { nodes: lastStates(transitions, known.nodes), position };
  };
  const current = async (executionId: string) => sessionAt(executionId, await of(executionId), now());
  return {
    of,
    kept: sessions && { sessionOf: current, saveState: sessions.saveState, finish: sessions.finish },
    listener: (executionId) => (event) => {
      if (event.event === 'node.execution.complete')
        sessions?.saveSoon(executionId, () => current(executionId));
    },
  };
}
