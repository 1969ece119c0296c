import type { Engine } from '../embedded/engine.ts';
import type { SessionHost } from '../embedded/server/session-host.ts';
import { WaapiError } from '../wwise/connection/backend.ts';

export interface SharedSessions extends SessionHost {
  /** Sessions that are open. */
  readonly count: number;
}

/**
 * Sessions of other windows, which came for the project that is open now: they neither close it for everybody nor follow this
 * process to another one. Once it has another, `end` is called: they then go on by themselves.
 */
export function sharedSessions(engine: Engine, end: () => Promise<void>): SharedSessions {
  const { projectPath } = engine;
  let count = 0;
  return {
    get count() {
      return count;
    },
    openSession(from) {
      const session = engine.openSession(from);
      count += 1;
      let isOpen = true;
      const refuseElsewhere = (uri: string): void => {
        if (closing.has(uri)) throw keptOpen(uri);
        if (engine.projectPath === projectPath) return;
        void end();
        throw new WaapiError('ak.wwise.unavailable', `${projectPath} is no longer open here.`);
      };
      return {
        async call(uri, ...rest) {
          refuseElsewhere(uri);
          return session.call(uri, ...rest);
        },
        async subscribe(topic, ...rest) {
          refuseElsewhere(topic);
          return session.subscribe(topic, ...rest);
        },
        close() {
          if (isOpen) count -= 1;
          isOpen = false;
          session.close();
        },
      };
    },
  };
}

/** What would take the project away from the others. */
const closing: ReadonlySet<string> = new Set(
  ['project.open', 'project.close', 'project.create'].flatMap((name) => [
    `ak.wwise.console.${name}`,
    `ak.wwise.ui.${name}`,
  ]),
);

function keptOpen(uri: string): WaapiError {
  return new WaapiError(
    'ak.wwise.unavailable',
    'The project is shared by several windows, and none of them closes it or opens another one for all.',
    { procedureUri: uri },
  );
}
