import { isJsonObject, type Json } from '../../core/json.ts';
import type { Read } from './cel/compilation.ts';
import { outputReference, type Part, parseReferences } from './reference.ts';
import { asText, mapped, read, resolveReferences, templateOf, type Values } from './resolve.ts';
import { mayHoldExpression } from './template.ts';

/**
 * Like resolveReferences, but references to nodes for which `isKnown` is false stay as they are, and an expression that is nothing
 * but a read of one becomes a reference. `named`: what they call a node. Throws UNRESOLVED_REFERENCE for any other expression over one, too.
 */
export function resolveSome(
  value: Json,
  values: Values,
  isKnown: (node: string) => boolean,
  inputFrom?: string,
  named: (node: string) => string = (node) => node,
): Json {
  if (typeof value === 'string') return someOfText(value, values, isKnown, inputFrom, named);
  if (Array.isArray(value)) return value.map((item) => resolveSome(item, values, isKnown, inputFrom, named));
  if (!isJsonObject(value)) return value;
  return mapped(value, (member) => resolveSome(member, values, isKnown, inputFrom, named));
}

function someOfText(
  text: string,
  values: Values,
  isKnown: (node: string) => boolean,
  inputFrom: string | undefined,
  named: (node: string) => string,
): Json {
  if (mayHoldExpression(text)) {
    const { isWhole, parts } = templateOf(text);
    const nodeOf = ({ name, node }: Read) => (name === 'input' ? inputFrom : node);
    const reads = parts.flatMap(({ expression }) => expression?.reads ?? []);
    const open = reads.find((one) => {
      const node = nodeOf(one);
      return node !== undefined && !isKnown(node);
    });
    if (open !== undefined && isWhole && parts[0]?.expression?.isRead === true)
      return outputReference(named(nodeOf(open) ?? ''), open.path.join('.'));
    // Evaluated without them it fails, as it is to.
    return resolveReferences(text, values, inputFrom);
  }
  const parts = parseReferences(text) ?? [];
  const isOpen = ({ target }: Part) => target?.kind === 'output' && !isKnown(target.node);
  if (!parts.some(isOpen)) return resolveReferences(text, values, inputFrom);
  return parts
    .map((part) => {
      if (part.target === undefined) return part.text;
      if (isOpen(part) && part.target.kind === 'output')
        return outputReference(named(part.target.node), part.target.path.join('.'));
      return asText(part.text, read(part.text, part.target, values));
    })
    .join('');
}
