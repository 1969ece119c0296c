import { createScanner, findNodeAtLocation, parseTree } from 'jsonc-parser';

/** JSON with comments without the member at this path: its own characters and one comma go, what others wrote around it stays. */
export function withoutProperty(text: string, path: readonly string[]): string {
  const root = parseTree(text, [], { allowTrailingComma: true });
  const property = root && findNodeAtLocation(root, [...path])?.parent;
  if (property === undefined) return text;
  const end = property.offset + property.length;
  const siblings = property.parent?.children ?? [];
  const previous = siblings[siblings.indexOf(property) - 1];
  const commaBehind = commaAfter(text, end);
  const commaBefore =
    commaBehind === undefined && previous !== undefined
      ? commaAfter(text, previous.offset + previous.length)
      : undefined;
  const cutEnd = commaBehind !== undefined && isBlank(text.slice(end, commaBehind)) ? commaBehind + 1 : end;
  const cut = withBlanks(text, property.offset, cutEnd);
  const rest = text.slice(cut.to);
  const apart = commaBehind !== undefined && commaBehind >= cut.to ? commaBehind - cut.to : undefined;
  return without(text.slice(0, cut.from), commaBefore) + without(rest, apart);
}

/** The comma that comes next, comments aside. */
function commaAfter(text: string, offset: number): number | undefined {
  const scanner = createScanner(text, true);
  scanner.setPosition(offset);
  scanner.scan();
  const next = scanner.getTokenOffset();
  return text[next] === ',' ? next : undefined;
}

/** Whole lines where nothing else stands in them; else with the blanks on one side. */
function withBlanks(text: string, from: number, to: number): { readonly from: number; readonly to: number } {
  const before = /[ \t]*$/.exec(text.slice(0, from))?.[0].length ?? 0;
  const after = /^[ \t]*/.exec(text.slice(to))?.[0].length ?? 0;
  const startsLine = from === before || text[from - before - 1] === '\n';
  const eol = /^\r?\n/.exec(text.slice(to + after))?.[0].length;
  if (startsLine && eol !== undefined) return { from: from - before, to: to + after + eol };
  return startsLine ? { from, to: to + after } : { from: from - before, to };
}

function isBlank(text: string): boolean {
  return text.trim() === '';
}

function without(text: string, index: number | undefined): string {
  return index === undefined ? text : text.slice(0, index) + text.slice(index + 1);
}
