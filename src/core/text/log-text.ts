import { asJsonObject, asString, type JsonObject } from '../json.ts';

/**
 * A line of the log as a person reads it: time of day (UTC), level, what happened, then the facts as `name=value`. The stack of
 * an error follows on lines of its own. A line that is no JSON comes back as it is.
 */
export function logText(line: string): string {
  const facts = factsOf(line);
  if (facts === undefined) return line;
  const { level, time, msg, err, ...rest } = facts;
  const at = typeof time === 'number' ? new Date(time).toISOString().slice(11, 19) : '--:--:--';
  const error = asJsonObject(err);
  const shown = [
    ...Object.entries(rest),
    ...(err === undefined ? [] : [['error', asString(error.message) ?? err] as const]),
  ].map(([name, value]) => `  ${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  const head = `${at} ${nameOf(level).padEnd(5)} ${asString(msg) ?? ''}${shown.join('')}`;
  const stack = Number(level) >= errorLevel ? asString(error.stack) : undefined;
  return `${head}${stack === undefined ? '' : `\n${stack}`}\n`;
}

function factsOf(line: string): JsonObject | undefined {
  try {
    const parsed: unknown = JSON.parse(line);
    return asJsonObject(parsed);
  } catch {
    return undefined;
  }
}

/** The numbers that pino gives to levels. */
const levelNames: ReadonlyMap<unknown, string> = new Map([
  [20, 'debug'],
  [30, 'info'],
  [40, 'warn'],
  [50, 'error'],
]);
const errorLevel = 50;

function nameOf(level: unknown): string {
  return levelNames.get(level) ?? String(level);
}
