import { useState } from 'react';
import { useNodeTypes } from '../../graph/node-types.ts';
import { wholeNode, whyNot } from '../../graph/ports.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { connectEnds } from '../edit.ts';
import { useFlow } from '../flow-store.ts';

/** Connects a step by keyboard: which output, to which step, into which input; what does not fit says why. */
export function ConnectDialog({ source, onClose }: { readonly source: string; onClose(): void }) {
  const document = useFlow((state) => state.document);
  const { byName } = useNodeTypes();
  const others = document.nodes.filter(({ id }) => id !== source);
  const [target, setTarget] = useState(others[0]?.id ?? '');
  const [sourceHandle, setSourceHandle] = useState<string>(wholeNode.source);
  const [targetHandle, setTargetHandle] = useState<string>(wholeNode.target);
  const from = document.nodes.find(({ id }) => id === source);
  const to = document.nodes.find(({ id }) => id === target);
  const outputs = byName.get(from?.type ?? '')?.outputs ?? [];
  const ways =
    from?.type === 'branch' || from?.type === 'if' ? ['true', 'false', 'else', 'error'] : ['error'];
  const wanted = { source, target, sourceHandle, targetHandle };
  const why = target === '' ? 'There is no other step.' : whyNot(document, byName, wanted);
  return (
    <Dialog
      title={`Connect ${source} to…`}
      onClose={onClose}
      footer={
        <>
          <button type="button" onClick={onClose}>
            Cancel
          </button>
          <button
            type="button"
            className="primary"
            disabled={why !== undefined}
            onClick={() => {
              if (connectEnds(wanted)) onClose();
            }}
          >
            Connect
          </button>
        </>
      }
    >
      <label className="field">
        <span>What leaves it</span>
        <select value={sourceHandle} onChange={(event) => setSourceHandle(event.target.value)}>
          <option value={wholeNode.source}>The step itself</option>
          {outputs.map(({ name, type }) => (
            <option key={name} value={name}>
              {name} ({type})
            </option>
          ))}
          {ways.map((way) => (
            <option key={way} value={way}>
              when {way}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        <span>To the step</span>
        <select value={target} onChange={(event) => setTarget(event.target.value)}>
          {others.map(({ id }) => (
            <option key={id} value={id}>
              {id}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        <span>Into its input</span>
        <select value={targetHandle} onChange={(event) => setTargetHandle(event.target.value)}>
          <option value={wholeNode.target}>The step itself: what fits is wired</option>
          {(byName.get(to?.type ?? '')?.inputs ?? []).map(({ name, type }) => (
            <option key={name} value={name}>
              {name} ({type})
            </option>
          ))}
        </select>
      </label>
      {why !== undefined && <p className="field-problem">{why}</p>}
    </Dialog>
  );
}
