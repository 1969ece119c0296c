import { below } from '../../document/json-pointer.ts';
import { jsonSchemaOf } from '../../nodes/described/node-types.ts';
import type { SharedSchema } from '../../schemas/node-contract.ts';
import { misfitOf } from '../../schemas/schema-fits.ts';
import type { Draft, DraftNode } from '../phases/draft.ts';
import { linksInto } from '../phases/links-into.ts';

/**
 * Law: what a node promises to give can fit what the node after it asks of what flows into it. Only what is sure is an error: a type
 * that is never the wanted one, a member that is never there. Of several that flow into one nothing is said.
 */
export function checkSchemaEnds(draft: Draft): void {
  for (const node of draft.nodes) {
    const wanted = node.contract?.input;
    if (wanted === undefined) continue;
    const sources = linksInto(draft, node).filter(({ by }) => by === 'edge');
    const source = sources.length === 1 ? draft.nodes[sources[0]?.source ?? -1] : undefined;
    const given = source === undefined ? undefined : promisedBy(source);
    if (source === undefined || given === undefined) continue;
    const misfit = misfitOf(given, wanted, node.contract?.coerce === true);
    if (misfit === undefined) continue;
    draft.report({
      code: 'SCHEMA_MISMATCH',
      message: `Node "${node.id}": what "${source.id}" gives never fits its inputSchema: ${misfit.pointer === '' ? 'it' : misfit.pointer} ${misfit.why}.`,
      pointer: below(node.pointer, 'inputSchema'),
      node: node.id,
      expected: `what "${source.id}" gives, or a node between the two that makes it fit`,
    });
  }
}

/** Its own schema, else that of its kind, unless what flows into it flows on. */
function promisedBy({ contract, shape, body }: DraftNode): SharedSchema | undefined {
  if (contract?.output !== undefined) return contract.output;
  if (shape === undefined || shape.kind.passesOn === true || body !== undefined) return undefined;
  return { schema: jsonSchemaOf(shape.kind, 'output'), shared: {} };
}
