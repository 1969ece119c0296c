import picocolors from 'picocolors';
import { visibleText } from '../../../core/text/visible-text.ts';

/** A line that a terminal may get as it is: its colours are ours, and everything else in it was made visible. */
export class PaintedLine {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What can stand in a line: text from anywhere is made visible, a painted part is taken as it is. */
export type LinePart = string | number | PaintedLine;

/** The line of a template whose own words are ours, line feeds included, and whose parts may come from anywhere. */
export function line(words: TemplateStringsArray, ...parts: readonly LinePart[]): PaintedLine {
  let text = words[0] ?? '';
  for (const [index, part] of parts.entries()) text += `${shown(part)}${words[index + 1] ?? ''}`;
  return new PaintedLine(text);
}

/** The text a terminal gets for a part. */
export function shown(part: LinePart): string {
  return part instanceof PaintedLine ? part.text : visibleText(String(part));
}

/**
 * Whether a stream gets colours: a terminal does, and what FORCE_COLOR asks for. Left to picocolors, pipes have them too in
 * every CI and on Windows, and whoever searches in such output finds nothing.
 */
export function getsColours(
  stream: { readonly isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  if (env.NO_COLOR) return false;
  const { FORCE_COLOR: forced = '' } = env;
  if (forced !== '') return forced !== '0';
  return stream.isTTY === true && env.TERM !== 'dumb';
}

/** Always on: a print that has no colours takes them out. */
const pc = picocolors.createColors(true);

export const red = painter(pc.red);
export const green = painter(pc.green);
export const yellow = painter(pc.yellow);
export const cyan = painter(pc.cyan);
export const dim = painter(pc.dim);
export const bold = painter(pc.bold);

function painter(paint: (text: string) => string): (part: LinePart) => PaintedLine {
  return (part) => new PaintedLine(paint(shown(part)));
}
