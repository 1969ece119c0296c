import type { JsonObject } from '../../base/json.ts';

/** The channels of Wwise's log, by their WAAPI names. */
export const logChannels = [
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

/** What clients read with ak.wwise.core.log.get: kept per channel while the instance lives, the newest 10,000 items of each. */
export interface WwiseLog {
  add(channel: LogChannel, severity: LogSeverity, message: string): void;
  items(channel: LogChannel): readonly JsonObject[];
  clear(channel: LogChannel): void;
}

export function createWwiseLog(onItem: (channel: LogChannel, item: JsonObject) => void): WwiseLog {
  const kept = new Map<LogChannel, JsonObject[]>();
  return {
    add(channel, severity, message) {
      const item = logItem(severity, message);
      const items = kept.get(channel) ?? [];
      items.push(item);
      if (items.length > mostItems) items.splice(0, items.length - mostItems);
      kept.set(channel, items);
      onItem(channel, item);
    },
    items: (channel) => kept.get(channel) ?? [],
    clear: (channel) => void kept.delete(channel),
  };
}

const mostItems = 10_000;

/** One log item as WAAPI writes it; `time` is in whole seconds since 1970. */
export function logItem(severity: LogSeverity, message: string): JsonObject {
  return { severity, time: Math.floor(Date.now() / 1000), messageId: '', message };
}

export function isLogChannel(name: unknown): name is LogChannel {
  return logChannels.some((channel) => channel === name);
}
