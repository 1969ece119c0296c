import { Copy, Repeat, Trash2 } from 'lucide-react';
import { useNodeTypes } from '../../graph/node-types.ts';
import { counted } from '../../ui/words.ts';
import { duplicateSelected, loopSelected, removeSelected } from '../edit.ts';
import { useFlow } from '../flow-store.ts';

/** Several steps that are selected: what can be done with all of them. */
export function SelectionForm() {
  const selected = useFlow((state) => state.selected);
  const document = useFlow((state) => state.document);
  const byName = useNodeTypes((state) => state.byName);
  const nodes = document.nodes.filter(({ id }) => selected.has(id));
  return (
    <div className="step-form">
      <h2>{counted(nodes.length, 'step')} selected</h2>
      <div className="actions">
        <button type="button" onClick={loopSelected}>
          <Repeat aria-hidden size={15} /> Put into a loop
        </button>
        <button type="button" onClick={duplicateSelected}>
          <Copy aria-hidden size={15} /> Duplicate
        </button>
        <button type="button" onClick={removeSelected}>
          <Trash2 aria-hidden size={15} /> Remove
        </button>
      </div>
      <section className="held-steps">
        <ul>
          {nodes.map(({ id, type }) => (
            <li key={id}>
              <button type="button" className="link" onClick={() => useFlow.getState().select([id])}>
                {id}
              </button>{' '}
              <small>{byName.get(type)?.title ?? type}</small>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
