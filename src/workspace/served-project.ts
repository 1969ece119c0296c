import type { Log } from '../core/log.ts';
import type { Engine } from '../embedded/engine.ts';
import { inProcessBackend } from '../embedded/in-process-backend.ts';
import type { SessionHost } from '../embedded/server/session-host.ts';
import type { WaapiBackend } from '../wwise/connection/backend.ts';
import { joinProject, openOrFind, type SharedAddress } from './join-project.ts';
import { sessionsOver } from './sessions-over.ts';
import { shareProject } from './share-project.ts';

/** What a WAAPI server serves. */
export interface ServedProject {
  readonly host: SessionHost;
  /** Another process has the project: what clients ask is asked there. */
  readonly isElsewhere: boolean;
  /** Lets the other windows of this user work on it, and says where other programs are served. */
  share(wamp: { readonly host: string; readonly port: number } | undefined): Promise<void>;
}

export interface ServedParts {
  /** Opens the project here; the caller closes it. */
  openEngine(): Promise<Engine>;
  takeOver(engine: Engine, from: SharedAddress): Promise<void>;
  /** What is to be done when the program ends. */
  onEnd(end: () => Promise<void>): void;
  readonly version: string;
  readonly log: Log;
}

/**
 * The project of a WAAPI server: held here, or by the process that had it first. When that one ends it is taken over, and shared
 * in turn. Rejects as `openEngine` does, and for a process of another version.
 */
export async function openServedProject({
  openEngine,
  takeOver,
  onEnd,
  version,
  log,
}: ServedParts): Promise<ServedProject> {
  let served: { readonly host: string; readonly port: number } | undefined;
  let here: Promise<Engine> | undefined;
  const share = async (engine: Engine): Promise<void> => {
    onEnd(await shareProject(engine, { version, wamp: served }, log));
  };
  const found = await openOrFind(openEngine);
  if (!('path' in found)) {
    return {
      ...{ host: found, isElsewhere: false },
      async share(wamp) {
        served = wamp;
        await share(found);
      },
    };
  }
  let joinedAt = found;
  /** Clients that come back at once open it once. */
  const openHere = (): Promise<Engine> => {
    here ??= takenOver();
    here.catch(() => {
      here = undefined;
    });
    return here;
  };
  const takenOver = async (): Promise<Engine> => {
    const engine = await openEngine();
    await takeOver(engine, joinedAt);
    await share(engine);
    log.info(
      { project: engine.projectPath },
      'the process that had the project ended: it is served from here',
    );
    return engine;
  };
  const open = async (): Promise<WaapiBackend> => {
    const now = await openOrFind(openHere);
    if (!('path' in now)) return inProcessBackend(now);
    joinedAt = now;
    return joinProject(now, version, log);
  };
  // Whether it can be worked on with that process is found out before anybody is served.
  await (await joinProject(found, version, log)).close();
  return {
    ...{ host: sessionsOver(open, log), isElsewhere: true },
    async share(wamp) {
      served = wamp;
    },
  };
}
