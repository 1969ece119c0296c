import { Cable, Copy, Repeat, Trash2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { NodeInput } from '../../api/wire.ts';
import { bodyKind } from '../../graph/bodies.ts';
import { isBodyInput } from '../../graph/derive-graph.ts';
import { edgeId, type FlowNode, withInput, withNode, withoutParts } from '../../graph/document.ts';
import { effectWords } from '../../graph/look.ts';
import { useNodeTypes } from '../../graph/node-types.ts';
import { planNodesAt } from '../../plan/plan-inside.ts';
import { ConnectDialog } from '../dialogs/connect-dialog.tsx';
import { duplicateSelected, loopSelected, removeSelected } from '../edit.ts';
import { useFlow } from '../flow-store.ts';
import { type PlacedProblem, problemsOfStep } from '../placed-problems.ts';
import { Field } from './field.tsx';
import { HeldSteps } from './held-steps.tsx';
import { NameField } from './name-field.tsx';
import { ProblemRow } from './problems.tsx';
import { referencesFor } from './references.ts';

/** The form of one step: its name, its inputs, its wires, what becomes of a failure. */
export function StepForm({ node }: { readonly node: FlowNode }) {
  const root = useFlow((state) => state.root);
  const inside = useFlow((state) => state.inside);
  const document = useFlow((state) => state.document);
  const plan = useFlow((state) => state.plan);
  const all = useFlow((state) => state.problems);
  const byName = useNodeTypes((state) => state.byName);
  const [isConnecting, setConnecting] = useState(false);
  const type = byName.get(node.type);
  const { change } = useFlow.getState();
  const problems = useMemo(() => problemsOfStep(all, inside, node.id), [all, inside, node.id]);
  const body = bodyKind(node);
  const choices = type?.oneOf?.flat() ?? [];
  const known: readonly NodeInput[] =
    type?.inputs ?? Object.keys(node.data).map((name) => ({ name, type: 'any', required: false }));
  const inputs = known.filter(({ name }) => body === undefined || !isBodyInput(name));
  const isShown = (input: NodeInput) =>
    input.required ||
    choices.includes(input.name) ||
    node.data[input.name] !== undefined ||
    wired(input.name) ||
    problemsAt(problems, inside.length, input.name).length > 0;
  const wired = (name: string) =>
    document.edges.some((edge) => edge.target === node.id && edge.targetHandle === name);
  const planned = planNodesAt(plan, inside).find(({ id }) => id === node.id);
  const field = (input: NodeInput) => (
    <Field
      key={input.name}
      input={input}
      value={node.data[input.name]}
      isWired={wired(input.name)}
      automatic={planned?.wiring.find((one) => one.input === input.name && one.auto)?.from}
      references={referencesFor(root, inside, byName, node.id, input)}
      problems={problemsAt(problems, inside.length, input.name)}
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
  const unknown = Object.keys(node.data).filter((name) => !known.some((input) => input.name === name));
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
          <button
            type="button"
            className="icon"
            aria-label="Put the step into a loop"
            title="Put into a loop (L)"
            onClick={loopSelected}
          >
            <Repeat aria-hidden size={16} />
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
      {body !== undefined && <HeldSteps node={node} />}
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

/** `level`: how many steps are around the step. */
function problemsAt(
  problems: readonly PlacedProblem[],
  level: number,
  name: string,
): readonly PlacedProblem[] {
  const at = new RegExp(`^(?:/nodes/[^/]+/(?:data|config)){${level + 1}}/${name}(?:/|$)`);
  return problems.filter(({ path, pointer }) => path.length === level + 1 && at.test(pointer));
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
