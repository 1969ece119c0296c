import { pathSegments } from './value-at.ts';

/** What a reference reads. */
export type ReferenceTarget =
  /** `$from:n1:$output:object.id`: an output of an earlier node. */
  | { readonly kind: 'output'; readonly node: string; readonly path: readonly string[] }
  /** `$from:n1:$error:code`: how an earlier node failed; its `path` is one of errorFields. */
  | { readonly kind: 'error'; readonly node: string; readonly path: readonly string[] }
  /** `$input:wavPath`: an input of the workflow. */
  | { readonly kind: 'input'; readonly name: string; readonly path: readonly string[] };

/** A string split at its references. */
export type Part = { readonly text: string; readonly target?: ReferenceTarget };

/**
 * Splits a string at its references. A single part with a target means that the string is nothing but the reference and
 * stands for the raw value; in a longer string a reference stands for the value's text, and its path goes on for as long as
 * letters, digits, `_`, `.name` and `[0]` follow. Gives undefined when the string holds no reference.
 */
export function parseReferences(text: string): readonly Part[] | undefined {
  if (!mayHoldReference(text)) return undefined;
  const whole = wholeReference(text);
  if (whole !== undefined) return [{ text, target: whole }];
  const parts: Part[] = [];
  let rest = 0;
  for (const match of text.matchAll(anyReference)) {
    const target = targetOf(match);
    if (match.index > rest) parts.push({ text: text.slice(rest, match.index) });
    parts.push({ text: match[0], target });
    rest = match.index + match[0].length;
  }
  if (parts.length === 0) return undefined;
  if (rest < text.length) parts.push({ text: text.slice(rest) });
  return parts;
}

/** Whether a string looks as if a reference was meant: used to refuse what does not parse. */
export function mayHoldReference(text: string): boolean {
  return text.includes('$from:') || text.includes('$input:');
}

/** What a reference to an error can read. */
export const errorFields: readonly string[] = ['code', 'error', 'hint'];

/** How a reference to an output is written. */
export function outputReference(node: string, path: string): string {
  return `$from:${node}:$output:${path}`;
}

/** How a reference to an error is written. */
export function errorReference(node: string, field: string): string {
  return `$from:${node}:$error:${field}`;
}

const segment = '[A-Za-z0-9_@]+';
const path = `${segment}(?:\\.${segment}|\\[\\d+\\])*`;
const anyReference = new RegExp(`\\$from:(.{1,200}?):\\$(output|error):(${path})|\\$input:(${path})`, 'g');

const wholePath = new RegExp(`^${path}$`);
const plainName = new RegExp(`^${segment}$`);

/** What most references are: nothing but a reference to an output. Says the same as the pattern, in a fifth of its time. */
function wholeReference(text: string): ReferenceTarget | undefined {
  if (!text.startsWith('$from:')) return undefined;
  const end = text.indexOf(':$output:', 7);
  if (end < 0 || end > 206) return undefined;
  const node = text.slice(6, end);
  const written = text.slice(end + 9);
  if (!plainName.test(node) && /[\n\r\u2028\u2029]|:\$error:/.test(node)) return undefined;
  if (plainName.test(written)) return { kind: 'output', node, path: [written] };
  return wholePath.test(written) ? { kind: 'output', node, path: pathSegments(written) } : undefined;
}

function targetOf(match: RegExpExecArray): ReferenceTarget {
  const [, node, side, outputPath, inputPath] = match;
  if (node !== undefined) {
    return { kind: side === 'error' ? 'error' : 'output', node, path: pathSegments(outputPath ?? '') };
  }
  const [name = '', ...inside] = pathSegments(inputPath ?? '');
  return { kind: 'input', name, path: inside };
}
