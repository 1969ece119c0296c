import type { Json } from '../../../core/json.ts';
import { evaluationError } from '../cel/evaluation.ts';
import type { ExpressionFunction, FunctionCall } from './expression-function.ts';
import { textArg } from './read-arguments.ts';

/** There is no now(): an expression gives the same value whenever it is evaluated. Times come from inputs and outputs. */
export const timeFunctions: readonly ExpressionFunction[] = [
  {
    name: 'parseDate',
    parameters: [{ name: 'text', type: 'text' }],
    returns: 'number',
    gives: 'The milliseconds since 1970 of a time in ISO 8601; a time without an offset is one of UTC.',
    example: ['parseDate("2026-01-09T10:00:00Z")', 1_767_952_800_000],
    run: (args, call) => timeOf(textArg(args, 0, call), call),
  },
  {
    name: 'formatDate',
    parameters: [
      { name: 'time', type: 'any' },
      { name: 'pattern', type: 'text', isOptional: true },
      { name: 'offset', type: 'text', isOptional: true },
    ],
    returns: 'string',
    gives:
      'A time (ISO 8601, or milliseconds since 1970) by a pattern of yyyy MM dd HH mm ss SSS, which is ISO 8601 where left out, at an offset from UTC such as "+02:00" (UTC where left out).',
    example: ['formatDate("2026-01-09T10:00:00Z", "yyyy-MM-dd HH:mm", "+02:00")', '2026-01-09 12:00'],
    run: (args, call) => {
      const [given = null] = args;
      const timeMs = typeof given === 'number' ? given : timeOf(textArg(args, 0, call, String(given)), call);
      const pattern = textArg(args, 1, call);
      const minutes = offsetMinutes(textArg(args, 2, call, 'Z'), call);
      return written(new Date(timeMs + minutes * 60_000), pattern, minutes, call);
    },
  },
];

function timeOf(text: string, call: FunctionCall): number {
  const [, day, clock, offset] = isoTime.exec(text) ?? [];
  const time = day === undefined ? Number.NaN : Date.parse(`${day}T${clock ?? '00:00'}${offset ?? 'Z'}`);
  if (!Number.isNaN(time)) return time;
  const message = `${call.name}() cannot read ${JSON.stringify(text.slice(0, 60))} as a time.`;
  throw evaluationError(
    call.evaluation,
    call.offset,
    message,
    'Give ISO 8601, as 2026-01-09T10:00:00Z or 2026-01-09.',
  );
}

const isoTime = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:\d{2})?)?$/;

function offsetMinutes(text: string, call: FunctionCall): number {
  if (text === 'Z') return 0;
  const [, sign, hours, minutes] = /^([+-])(\d{2}):(\d{2})$/.exec(text) ?? [];
  if (sign !== undefined) return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  const message = `${JSON.stringify(text.slice(0, 40))} is no offset from UTC.`;
  throw evaluationError(call.evaluation, call.offset, message, 'Give it as "+02:00" or "Z".');
}

function written(local: Date, pattern: string, minutes: number, call: FunctionCall): Json {
  if (Number.isNaN(local.getTime())) {
    const message = 'formatDate() has a time that no calendar shows.';
    throw evaluationError(call.evaluation, call.offset, message, 'Give milliseconds since 1970.');
  }
  const iso = local.toISOString();
  if (pattern === '') return minutes === 0 ? iso : `${iso.slice(0, -1)}${offsetText(minutes)}`;
  const parts: Readonly<Record<string, string>> = {
    ...{ yyyy: iso.slice(0, -20), MM: iso.slice(-19, -17), dd: iso.slice(-16, -14), HH: iso.slice(-13, -11) },
    ...{ mm: iso.slice(-10, -8), ss: iso.slice(-7, -5), SSS: iso.slice(-4, -1) },
  };
  return pattern.replaceAll(/yyyy|MM|dd|HH|mm|SSS|ss/g, (token) => parts[token] ?? token);
}

function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
