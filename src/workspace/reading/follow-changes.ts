import { toWwiseFlowError } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import type { WorkspaceChange, WorkspaceChanges } from '../../facades/mcp/subscriptions/workspace-changes.ts';
import type { WaapiBackend } from '../../wwise/connection/backend.ts';
import { onlyReads } from '../../wwise/connection/reading-functions.ts';
import type { Waapi } from '../../wwise/connection/waapi.ts';

/** Gathers what changes in a workspace, for whoever follows it. */
export interface ChangesHere extends WorkspaceChanges {
  /** A run of this process went on. */
  noteRun(): void;
  /** The same backend; calls that may have changed the project are noted. */
  heard(backend: WaapiBackend): WaapiBackend;
}

/** Wwise is asked for news by the first that follows: of what others do it says the structure, names, notes and references. */
export function changesHere(openWaapi: () => Promise<Pick<Waapi, 'subscribe'>>, log: Log): ChangesHere {
  const listeners = new Set<(change: WorkspaceChange) => void>();
  let isAsked = false;
  const note = (change: WorkspaceChange): void => {
    for (const listener of listeners) listener(change);
  };
  const askForNews = async (): Promise<void> => {
    const waapi = await openWaapi();
    for (const topic of topics) {
      try {
        await waapi.subscribe(topic, {}, () => note('project'));
      } catch (thrown) {
        log.debug({ topic, reason: toWwiseFlowError(thrown).message }, 'no news of this kind');
      }
    }
  };
  return {
    follow(listener) {
      const own = (change: WorkspaceChange): void => listener(change);
      listeners.add(own);
      if (!isAsked) {
        isAsked = true;
        askForNews().catch((thrown: unknown) => {
          // The next who follows asks again.
          isAsked = false;
          log.debug({ reason: toWwiseFlowError(thrown).message }, 'no news of the project');
        });
      }
      return () => listeners.delete(own);
    },
    noteRun: () => note('runs'),
    heard(backend) {
      const call: WaapiBackend['call'] = (uri, ...rest) => {
        const answer = backend.call(uri, ...rest);
        if (listeners.size > 0 && !onlyReads(uri))
          answer.then(
            () => note('project'),
            () => note('project'),
          );
        return answer;
      };
      const same: WaapiBackend = Object.create(backend, { call: { value: call } });
      return same;
    },
  };
}

const topics: readonly string[] = [
  'ak.wwise.core.object.created',
  'ak.wwise.core.object.postDeleted',
  'ak.wwise.core.object.childAdded',
  'ak.wwise.core.object.childRemoved',
  'ak.wwise.core.object.nameChanged',
  'ak.wwise.core.object.notesChanged',
  'ak.wwise.core.object.referenceChanged',
  'ak.wwise.core.object.curveChanged',
  'ak.wwise.core.object.attenuationCurveChanged',
  'ak.wwise.core.switchContainer.assignmentAdded',
  'ak.wwise.core.switchContainer.assignmentRemoved',
  'ak.wwise.core.audio.imported',
  'ak.wwise.core.project.saved',
  'ak.wwise.core.project.loaded',
  'ak.wwise.core.project.postClosed',
];
