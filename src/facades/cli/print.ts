import { visibleLines } from '../../core/visible-text.ts';
import { PaintedLine, type Part, shown } from './paint.ts';

/** Writes one line. Everything the command line says goes through one, so that no control character of others gets out. */
export type Print = (line: Part) => void;

/** A `Print` over whatever takes text. */
export function printTo(write: (text: string) => unknown): Print {
  return (line) => {
    write(`${shown(line)}\n`);
  };
}

/** Prints a value as JSON that a person can read too; what a terminal would act upon stands escaped in its strings. */
export function printJson(value: unknown, print: Print): void {
  print(new PaintedLine(visibleLines(JSON.stringify(value, null, 2))));
}

/** Prints text of our own that has several lines. */
export function printBlock(text: string, print: Print): void {
  print(new PaintedLine(visibleLines(text.replace(/\n$/, ''))));
}
