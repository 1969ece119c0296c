const minuteMs = 60_000;

/**
 * How long a call may take from being sent to being answered, in milliseconds, unless the caller says otherwise. Overrides
 * are by function; the one called `default` is for all that have no limit of their own.
 */
export function timeLimitMs(uri: string, overrides: Readonly<Record<string, number>> = {}): number {
  return overrides[uri] ?? limitsMs[uri] ?? overrides.default ?? defaultLimitMs;
}

/**
 * Limits of an engine in this process: no answer is lost on the way and a call that takes long shares the thread with others, so
 * that a query over a very large project is waited for on a busy machine too. A `default` that the user gave counts instead.
 */
export function inProcessLimitsMs(
  given: Readonly<Record<string, number>> = {},
): Readonly<Record<string, number>> {
  return given.default === undefined ? { 'ak.wwise.core.object.get': 5 * minuteMs, ...given } : given;
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
