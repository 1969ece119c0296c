import { ListTree } from 'lucide-react';
import { bodyOf } from '../../graph/bodies.ts';
import type { FlowNode } from '../../graph/document.ts';
import { useNodeTypes } from '../../graph/node-types.ts';
import { useFlow } from '../flow-store.ts';

/** The steps inside of a step, to go to. */
export function HeldSteps({ node }: { readonly node: FlowNode }) {
  const inside = useFlow((state) => state.inside);
  const byName = useNodeTypes((state) => state.byName);
  const { nodes } = bodyOf(node);
  const enter = (select: readonly string[]) => useFlow.getState().enter([...inside, node.id], select);
  return (
    <section className="held-steps">
      <h3>Its steps</h3>
      {nodes.length === 0 ? (
        <p className="about">It has none yet.</p>
      ) : (
        <ul>
          {nodes.map(({ id, type }) => (
            <li key={id}>
              <button type="button" className="link" onClick={() => enter([id])}>
                {id}
              </button>{' '}
              <small>{byName.get(type)?.title ?? type}</small>
            </li>
          ))}
        </ul>
      )}
      <button type="button" onClick={() => enter([])}>
        <ListTree aria-hidden size={15} /> {nodes.length === 0 ? 'Add steps' : 'Open its steps'}
      </button>
    </section>
  );
}
