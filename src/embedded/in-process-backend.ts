import type { WaapiBackend } from '../wwise/connection/backend.ts';
import { CallAbandoned, WaapiLinkError } from '../wwise/connection/backend.ts';
import type { Engine, EngineSession } from './engine.ts';

/** The embedded engine as a backend of the connection, without a socket. Closing it ends its session, not the engine. */
export function inProcessBackend(
  engine: Engine,
): WaapiBackend & Pick<EngineSession, 'takeNotices' | 'hearNews'> {
  const session = engine.openSession();
  let closed = false;
  const whileOpen = (): void => {
    if (closed) throw new WaapiLinkError(isClosed, false);
  };
  return {
    takeNotices: session.takeNotices,
    hearNews: session.hearNews,
    undo: {
      isOwn: session.isOwn,
      next: (way) => session.nextStep(way === 'back' ? 'undo' : 'redo'),
    },
    restoring: session.restoring,
    address: engine.projectPath ?? 'embedded engine',
    get isOpen() {
      return !closed && engine.isReleased !== true;
    },
    keepsOrder: true,
    obeysSignal: true,
    async call(uri, args, options, signal, onKept) {
      whileOpen();
      try {
        return await session.call(uri, args, options, signal, onKept);
      } catch (error) {
        if (closed && error instanceof CallAbandoned) throw new WaapiLinkError(isClosed, true, error);
        throw error;
      }
    },
    async subscribe(topic, options, onEvent) {
      whileOpen();
      const unsubscribe = await session.subscribe(topic, options, onEvent);
      return {
        async unsubscribe() {
          unsubscribe();
        },
      };
    },
    async close() {
      closed = true;
      session.close();
    },
  };
}

const isClosed = 'The session with the embedded engine is closed.';
