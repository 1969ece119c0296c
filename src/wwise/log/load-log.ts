import type { ProjectFilesView, UnreadableFile } from '../../core/backend/project-files.ts';
import { toWwiseFlowError } from '../../core/errors.ts';
import { asJsonArray, type Json } from '../../core/json.ts';
import type { Log } from '../../core/log.ts';
import type { Waapi } from '../connection/waapi.ts';
import type { ProjectFactsListener } from '../project-facts.ts';
import { isError, wwiseLogOf } from './wwise-log.ts';

/** Listens to what is asked about the project. */
export interface LoadLog extends Required<ProjectFactsListener> {
  /** Reads the log where that was not done since the project was loaded: soon, because others can clear it. Never rejects. */
  look(): Promise<void>;
  /** What the log says; `connected` is awaited first. */
  view(connected: () => Promise<unknown>): ProjectFilesView;
}

/**
 * What Wwise logged as errors when it loaded the project. Kept from the first look on, and added to as Wwise logs more,
 * until the project is loaded anew: a log that somebody cleared makes no file readable.
 */
export function createLoadLog(waapi: Waapi, log: Log): LoadLog {
  const seen = new Map<string, UnreadableFile>();
  let of = '';
  let isRead = false;
  let isListening = false;

  const take = (items: Json | undefined): void => {
    for (const { message } of wwiseLogOf(items).filter(isError))
      seen.set(message, { filePath: fileIn(message), problem: message });
  };
  const read = async (): Promise<void> => {
    await listen();
    try {
      take((await waapi.call('ak.wwise.core.log.get', { channel: 'projectLoad' })).items);
    } catch (thrown) {
      const error = toWwiseFlowError(thrown);
      // A Wwise before 2019.2 keeps no log that can be asked.
      if (error.code !== 'WAAPI_ERROR') throw error;
      log.debug({ reason: error.message }, 'The load log cannot be read');
    }
    isRead = true;
  };
  const listen = async (): Promise<void> => {
    if (isListening) return;
    isListening = true;
    try {
      await waapi.subscribe('ak.wwise.core.log.itemAdded', {}, ({ channel, item }) => {
        if (channel === 'projectLoad' && item !== undefined) take(asJsonArray([item]));
      });
    } catch (thrown) {
      log.debug({ reason: toWwiseFlowError(thrown).message }, 'No news about the load log');
    }
  };

  return {
    onAsked({ id }, session) {
      const now = `${id} ${session}`;
      if (now === of) return;
      seen.clear();
      isRead = false;
      of = now;
    },
    onReloaded() {
      of = '';
      isRead = false;
      seen.clear();
    },
    async look() {
      if (of === '' || isRead) return;
      await read().catch((thrown) =>
        log.debug({ reason: toWwiseFlowError(thrown).message }, 'No load log yet'),
      );
    },
    view: (connected) => ({
      async unreadable(fresh) {
        await connected();
        if (fresh || !isRead) await read();
        return [...seen.values()];
      },
      duplicates: async () => null,
      health: async () => null,
      repair: async () => null,
    }),
  };
}

/** The path of a project file in a message, as Wwise writes paths on Windows and Mac. */
function fileIn(message: string): string | null {
  return /(?:[A-Za-z]:[\\/]|\\\\|\/)[^"'<>|*?:]*?\.(?:wwu|wproj)\b/i.exec(message)?.[0] ?? null;
}
