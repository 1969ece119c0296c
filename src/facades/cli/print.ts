import { stripVTControlCharacters } from 'node:util';
import { type AnyResult, leanAnswer } from '../../core/answers/lean-answer.ts';
import type { Bus } from '../../core/dispatch/bus.ts';
import type { JsonObject } from '../../core/json.ts';
import { visibleLines } from '../../core/text/visible-text.ts';
import { type LinePart, PaintedLine, shown } from './draw/paint.ts';

/** Writes one line. Everything the command line says goes through one, so that no control character of others gets out. */
export type Print = (line: LinePart) => void;

/** A `Print` over whatever takes text. The only escapes in a line are its colours. */
export function printTo(write: (text: string) => unknown, hasColours = false): Print {
  return (line) => {
    const text = shown(line);
    write(`${hasColours ? text : stripVTControlCharacters(text)}\n`);
  };
}

/** Prints a value as JSON that a person can read too; what a terminal would act upon stands escaped in its strings. */
export function printJson(value: unknown, print: Print): void {
  print(new PaintedLine(visibleLines(JSON.stringify(value, null, 2))));
}

/** Prints a result as JSON, lean unless it is asked for in full. */
export async function printAnswer(
  result: AnyResult,
  { verbose, openBus, more = {} }: PrintedAnswer,
  print: Print,
): Promise<void> {
  const bus = await openBus();
  const lean = leanAnswer(result, { verbose, outputOf: (type) => bus.find(type)?.output });
  printJson({ ...lean, ...more }, print);
}

export interface PrintedAnswer {
  readonly verbose: boolean;
  /** What the nodes give is known from its commands. */
  readonly openBus: () => Promise<Pick<Bus, 'find'>>;
  /** What else the JSON has. */
  readonly more?: JsonObject;
}

/** Prints text of our own that has several lines. */
export function printBlock(text: string, print: Print): void {
  print(new PaintedLine(visibleLines(text.replace(/\n$/, ''))));
}

/** Resolves once all that was written to it has gone out, or nobody reads it any more. */
export function writtenOut(output: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    if (!output.write('', () => resolve())) output.once('error', () => resolve());
  });
}
