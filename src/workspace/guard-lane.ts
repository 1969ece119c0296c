import { WwiseFlowError } from '../core/errors.ts';
import type { LaneHold } from '../core/stores/lane-store.ts';
import type { WaapiBackend } from '../wwise/connection/backend.ts';
import { onlyReads } from '../wwise/connection/reading-functions.ts';

/** What a worker knows of its lane. */
export interface LaneGuard {
  /** What each write to the database has to be checked against. */
  fence(): LaneHold;
  /** The hold, while nobody else can have the lane by the clock of this process. */
  hold(): LaneHold | undefined;
  /** Whether it is held; while that is not known it is waited for. */
  whenHeld(): Promise<boolean>;
  /** Rejects with LANE_LOST unless the database says that the lane is still held. */
  check(): Promise<void>;
}

/** The same backend, which changes and saves nothing for a worker that lost its lane. */
export function guarded(backend: WaapiBackend, lane: LaneGuard): WaapiBackend {
  const call: WaapiBackend['call'] = async (uri, ...rest) => {
    if (uri === 'ak.wwise.core.project.save') await lane.check();
    else if (!onlyReads(uri)) await checkHeld(lane);
    return backend.call(uri, ...rest);
  };
  const same: WaapiBackend = Object.create(backend, { call: { value: call } });
  return same;
}

/** Rejects with LANE_LOST unless the lane is held by the clock of this process, now or once the database has answered. */
export async function checkHeld(lane: LaneGuard): Promise<void> {
  if (lane.hold() === undefined && !(await lane.whenHeld())) throw lost(lane.fence());
}

function lost({ lane }: LaneHold): WwiseFlowError {
  return new WwiseFlowError('LANE_LOST', `This worker no longer holds "${lane}".`, {
    hint: 'Another worker goes on with the run from its journal: look at the run.',
    details: { lane },
  });
}
