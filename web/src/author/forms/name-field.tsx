import { useState } from 'react';
import { allIds } from '../../graph/bodies.ts';
import type { FlowNode } from '../../graph/document.ts';
import { useFlow } from '../flow-store.ts';
import { rename } from '../rename-step.ts';

/** The name of a step: what reads it follows when it is called otherwise. */
export function NameField({ node }: { readonly node: FlowNode }) {
  const [text, setText] = useState(node.id);
  const root = useFlow((state) => state.root);
  const isTaken = text !== node.id && allIds(root).has(text);
  const isPlain = /^[\w-]{1,200}$/.test(text);
  const commit = () => {
    if (text === node.id) return;
    if (isPlain && !isTaken) rename(node.id, text);
    else setText(node.id);
  };
  return (
    <label className="name-field">
      <span className="hidden">Name of the step</span>
      <input
        value={text}
        aria-invalid={isTaken || !isPlain}
        onChange={({ target }) => setText(target.value)}
        onBlur={commit}
        onKeyDown={({ key }) => key === 'Enter' && commit()}
      />
      {isTaken && <span className="field-problem">Another step is called so.</span>}
      {!isPlain && <span className="field-problem">Letters, digits, - and _.</span>}
    </label>
  );
}
