const minuteMs = 60_000;

/**
 * How long a call may take from being sent to being answered, in milliseconds, unless the caller says otherwise. Overrides
 * are by function; the one called `default` is for all that have no limit of their own.
 */
export function timeLimitMs(uri: string, overrides: Readonly<Record<string, number>> = {}): number {
  return overrides[uri] ?? limitsMs[uri] ?? overrides.default ?? defaultLimitMs;
}

const defaultLimitMs = 30_000;

/** Wwise answers these only when the work is done: conversion, generation and loading of a large project take long. */
const limitsMs: Readonly<Record<string, number>> = {
  'ak.wwise.core.audio.import': 5 * minuteMs,
  'ak.wwise.core.audio.importTabDelimited': 5 * minuteMs,
  'ak.wwise.core.object.set': 5 * minuteMs,
  'ak.wwise.core.project.save': 5 * minuteMs,
  'ak.wwise.console.project.create': 5 * minuteMs,
  'ak.wwise.console.project.open': 10 * minuteMs,
  'ak.wwise.core.audio.convert': 60 * minuteMs,
  'ak.wwise.core.soundbank.convertExternalSources': 60 * minuteMs,
  'ak.wwise.core.soundbank.processDefinitionFiles': 10 * minuteMs,
  'ak.wwise.core.soundbank.generate': 60 * minuteMs,
};
