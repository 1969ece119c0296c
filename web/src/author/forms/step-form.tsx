import { Cable, Copy, Trash2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { NodeInput, Problem } from '../../api/wire.ts';
import { edgeId, type FlowNode, renamed, withInput, withNode, withoutParts } from '../../graph/document.ts';
import { effectWords } from '../../graph/look.ts';
import { useNodeTypes } from '../../graph/node-types.ts';
import { ConnectDialog } from '../dialogs/connect-dialog.tsx';
import { duplicateSelected, removeSelected } from '../edit.ts';
import { useFlow } from '../flow-store.ts';
import { Field } from './field.tsx';
import { referencesFor } from './fields.ts';
import { ProblemRow } from './problems.tsx';

/** The form of one step: its name, its inputs, its wires, what becomes of a failure. */
export function StepForm({ node }: { readonly node: FlowNode }) {
  const document = useFlow((state) => state.document);
  const plan = useFlow((state) => state.plan);
  const all = useFlow((state) => state.problems);
  const byName = useNodeTypes((state) => state.byName);
  const [isConnecting, setConnecting] = useState(false);
  const type = byName.get(node.type);
  const { change } = useFlow.getState();
  const problems = useMemo(() => all.filter((problem) => problem.node === node.id), [all, node.id]);
  const choices = type?.oneOf?.flat() ?? [];
  const inputs: readonly NodeInput[] =
    type?.inputs ?? Object.keys(node.data).map((name) => ({ name, type: 'any', required: false }));
  const isShown = (input: NodeInput) =>
    input.required ||
    choices.includes(input.name) ||
    node.data[input.name] !== undefined ||
    wired(input.name);
  const wired = (name: string) =>
    document.edges.some((edge) => edge.target === node.id && edge.targetHandle === name);
  const planned = plan?.nodes.find(({ id }) => id === node.id);
  const field = (input: NodeInput) => (
    <Field
      key={input.name}
      input={input}
      value={node.data[input.name]}
      isWired={wired(input.name)}
      automatic={planned?.wiring.find((one) => one.input === input.name && one.auto)?.from}
      references={referencesFor(document, byName, node.id, input)}
      problems={problemsAt(problems, input.name)}
      onChange={(value) =>
        useFlow
          .getState()
          .type(
            withInput(useFlow.getState().document, node.id, input.name, value),
            `${node.id} ${input.name}`,
          )
      }
    />
  );
  const unknown = Object.keys(node.data).filter((name) => !inputs.some((input) => input.name === name));
  return (
    <div className="step-form" key={node.id}>
      <header>
        <NameField node={node} />
        <p className="about">
          <span className={`tag effect-${type?.effect ?? 'none'}`}>
            {effectWords[type?.effect ?? 'none']}
          </span>{' '}
          {type?.title ?? node.type}. {type?.description}
        </p>
        <div className="actions">
          <button type="button" onClick={() => setConnecting(true)}>
            <Cable aria-hidden size={15} /> Connect to…
          </button>
          <button type="button" className="icon" aria-label="Duplicate the step" onClick={duplicateSelected}>
            <Copy aria-hidden size={16} />
          </button>
          <button type="button" className="icon" aria-label="Remove the step" onClick={removeSelected}>
            <Trash2 aria-hidden size={16} />
          </button>
        </div>
      </header>
      {problems.map((problem) => (
        <ProblemRow key={problem.pointer + problem.message} problem={problem} />
      ))}
      <div className="fields">{inputs.filter(isShown).map(field)}</div>
      {unknown.map((name) => (
        <div key={name} className="field wrong">
          <span>{name}</span>
          <button
            type="button"
            className="small"
            onClick={() => change(withInput(document, node.id, name, undefined))}
          >
            Remove “{name}”
          </button>
        </div>
      ))}
      {inputs.some((input) => !isShown(input)) && (
        <details className="more">
          <summary>More inputs ({inputs.filter((input) => !isShown(input)).length})</summary>
          <div className="fields">{inputs.filter((input) => !isShown(input)).map(field)}</div>
        </details>
      )}
      <Wires node={node} />
      <FailurePolicy node={node} />
      {isConnecting && <ConnectDialog source={node.id} onClose={() => setConnecting(false)} />}
    </div>
  );
}

function problemsAt(problems: readonly Problem[], name: string): readonly Problem[] {
  return problems.filter(({ pointer }) =>
    new RegExp(`^/nodes/[^/]+/(?:data|config)/${name}(?:/|$)`).test(pointer),
  );
}

function NameField({ node }: { readonly node: FlowNode }) {
  const [text, setText] = useState(node.id);
  const document = useFlow((state) => state.document);
  const isTaken = text !== node.id && document.nodes.some(({ id }) => id === text);
  const isPlain = /^[\w-]{1,200}$/.test(text);
  const commit = () => {
    if (text === node.id) return;
    if (!isPlain || isTaken) return setText(node.id);
    const { change } = useFlow.getState();
    change(renamed(document, node.id, text), [text]);
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

function Wires({ node }: { readonly node: FlowNode }) {
  const document = useFlow((state) => state.document);
  const edges = document.edges.filter(({ source, target }) => source === node.id || target === node.id);
  if (edges.length === 0) return null;
  return (
    <section className="wires">
      <h3>Wires</h3>
      <ul>
        {edges.map((edge) => (
          <li key={edgeId(edge)}>
            <span>
              {edge.source}
              {edge.sourceHandle ? ` › ${edge.sourceHandle}` : ''} → {edge.target}
              {edge.targetHandle ? ` › ${edge.targetHandle}` : ''}
            </span>
            <button
              type="button"
              className="icon"
              aria-label={`Remove the wire from ${edge.source} to ${edge.target}`}
              onClick={() =>
                useFlow.getState().change(withoutParts(document, new Set(), new Set([edgeId(edge)])))
              }
            >
              <Trash2 aria-hidden size={14} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

const policies: readonly (readonly [string, string])[] = [
  ['', 'Stop the run'],
  ['continue', 'Go on without it'],
  ['route', 'Follow its “error” wires'],
];

function FailurePolicy({ node }: { readonly node: FlowNode }) {
  const { onError } = node;
  return (
    <label className="field">
      <span>When it fails</span>
      <select
        value={typeof onError === 'string' ? onError : ''}
        onChange={({ target }) => {
          const { document, change } = useFlow.getState();
          change(
            withNode(document, node.id, ({ onError: _, ...rest }) => ({
              ...rest,
              ...{ id: node.id, type: node.type, data: node.data },
              ...(target.value === '' ? {} : { onError: target.value }),
            })),
          );
        }}
      >
        {policies.map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}
