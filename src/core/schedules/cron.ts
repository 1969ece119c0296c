import { Cron } from 'croner';
import { WwiseFlowError } from '../errors.ts';

/** When a schedule is due: five fields in the time of a zone. */
export interface CronTimes {
  readonly cron: string;
  readonly timeZone: string;
}

/** Throws INVALID_INPUT for fields that mean nothing, a zone that is none, and what is never due. */
export function checkCron(times: CronTimes): void {
  const { cron, timeZone } = times;
  if (!isTimeZone(timeZone)) throw noTimeZone(timeZone);
  if (!usualFields.test(cron.trim())) throw noCron(cron, 'it has not five usual fields');
  let next: Date | null;
  try {
    next = cronOf(times).nextRun();
  } catch (reason) {
    throw noCron(cron, reason instanceof Error ? reason.message : String(reason));
  }
  if (next === null) throw noCron(cron, 'it is never due');
}

/** The next moment after this one, in milliseconds since 1970; null: never. */
export function nextDue(times: CronTimes, afterMs: number): number | null {
  return cronOf(times).nextRun(new Date(afterMs))?.getTime() ?? null;
}

/** The last moment after `fromMs` and not after `untilMs`; undefined: there is none. For a time that has not thousands of them. */
export function lastDue(times: CronTimes, fromMs: number, untilMs: number): number | undefined {
  let last: number | undefined;
  for (
    let nth = 0, at = nextDue(times, fromMs);
    at !== null && at <= untilMs && nth < MOST_LOOKED_AT;
    nth++
  ) {
    last = at;
    at = nextDue(times, at);
  }
  return last;
}

const MOST_LOOKED_AT = 4_000;

/** Calls at each moment that is due, or soon after, until it is stopped. */
export function whenDue({ cron, timeZone }: CronTimes, call: () => void): { stop(): void } {
  const timer = new Cron(cron, { timezone: timeZone, unref: true }, call);
  return { stop: () => timer.stop() };
}

function cronOf({ cron, timeZone }: CronTimes): Cron {
  return new Cron(cron, { timezone: timeZone, paused: true });
}

/** What every reader of such fields understands alike. */
const usualFields = /^[\dA-Za-z*/,-]+(?: +[\dA-Za-z*/,-]+){4}$/;

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function noCron(cron: string, why: string): WwiseFlowError {
  return new WwiseFlowError('INVALID_INPUT', `"${cron.slice(0, 100)}" is no time of a schedule: ${why}.`, {
    hint: 'Write minute, hour, day of the month, month and day of the week: "0 9 * * 1-5" is nine o\'clock from Monday to Friday.',
    details: { cron: cron.slice(0, 100) },
  });
}

function noTimeZone(timeZone: string): WwiseFlowError {
  return new WwiseFlowError('INVALID_INPUT', `"${timeZone.slice(0, 100)}" is no time zone.`, {
    hint: 'Name it as "Europe/Rome" or "UTC".',
    details: { timeZone: timeZone.slice(0, 100) },
  });
}
