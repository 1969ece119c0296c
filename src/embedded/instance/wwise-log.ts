import type { JsonObject } from '../../core/json.ts';

/** The channels of Wwise's log, by their WAAPI names. */
const logChannels = [
  'soundbankGenerate',
  'conversion',
  'copyPlatformSettings',
  'waapi',
  'projectLoad',
  'general',
  'sourceControl',
  'lua',
] as const;

export type LogChannel = (typeof logChannels)[number];
export type LogSeverity = 'Message' | 'Warning' | 'Error' | 'Fatal Error';

/**
 * What clients read with ak.wwise.core.log.get: kept per channel while the instance lives, the newest 10,000 items of each,
 * and fewer when their messages are long.
 */
export interface WwiseLog {
  add(channel: LogChannel, severity: LogSeverity, message: string, messageId?: string): void;
  items(channel: LogChannel): readonly JsonObject[];
  clear(channel: LogChannel): void;
}

export function createWwiseLog(onItem: (channel: LogChannel, item: JsonObject) => void): WwiseLog {
  const kept = new Map<LogChannel, { items: JsonObject[]; characters: number }>();
  return {
    add(channel, severity, message, messageId) {
      const item = logItem(severity, message, messageId);
      const log = kept.get(channel) ?? { items: [], characters: 0 };
      kept.set(channel, log);
      log.items.push(item);
      log.characters += message.length;
      while (log.items.length > mostItems || (log.characters > mostCharacters && log.items.length > 1))
        log.characters -= String(log.items.shift()?.message).length;
      onItem(channel, item);
    },
    items: (channel) => kept.get(channel)?.items ?? [],
    clear: (channel) => void kept.delete(channel),
  };
}

const mostItems = 10_000;
const mostCharacters = 16 * 1024 * 1024;

/** One log item as WAAPI writes it; `time` is in whole seconds since 1970. */
export function logItem(severity: LogSeverity, message: string, messageId = ''): JsonObject {
  return { severity, time: Math.floor(Date.now() / 1000), messageId, message };
}

export function isLogChannel(name: unknown): name is LogChannel {
  return logChannels.some((channel) => channel === name);
}
