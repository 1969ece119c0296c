import { CornerLeftUp } from 'lucide-react';
import { bodyAt, bodyKind } from '../../graph/bodies.ts';
import { withInput } from '../../graph/document.ts';
import { useNodeTypes } from '../../graph/node-types.ts';
import { inShort } from '../../ui/words.ts';
import { useFlow } from '../flow-store.ts';
import { problemsOfStep } from '../placed-problems.ts';
import { Field } from './field.tsx';
import { ProblemRow } from './problems.tsx';
import { referencesFor } from './references.ts';

/** What is shown inside of a step when none of its steps is selected: for what they run, and what they give. */
export function BodyForm({ inside }: { readonly inside: readonly string[] }) {
  const root = useFlow((state) => state.root);
  const all = useFlow((state) => state.problems);
  const byName = useNodeTypes((state) => state.byName);
  const around = inside.slice(0, -1);
  const id = inside.at(-1) ?? '';
  const holder = bodyAt(root, around).nodes.find((node) => node.id === id);
  if (holder === undefined) return null;
  const problems = problemsOfStep(all, around, id);
  const output = byName.get(holder.type)?.inputs.find(({ name }) => name === 'output');
  return (
    <div className="step-form">
      <h2>Inside “{id}”</h2>
      {bodyKind(holder) === 'loop' ? (
        <p className="about">
          These steps run for each item of <code>{inShort(holder.data.items ?? 'a list', 60)}</code>. They
          read it as <code>{'{{ item }}'}</code>, and its number from 0 as <code>{'{{ index }}'}</code>.
        </p>
      ) : (
        <p className="about">These steps run once, and see the inputs of “{id}” only.</p>
      )}
      <div className="actions">
        <button type="button" onClick={() => useFlow.getState().enter(around, [id])}>
          <CornerLeftUp aria-hidden size={15} /> To “{id}” itself
        </button>
      </div>
      {problems.length > 0 && (
        <section>
          <h3>{problems.length} to mend</h3>
          {problems.map((problem) => (
            <ProblemRow key={problem.pointer + problem.message} problem={problem} withNode />
          ))}
        </section>
      )}
      {output !== undefined && (
        <Field
          input={{ ...output, description: 'What each item gives. Left out: what the last step gives.' }}
          value={holder.data.output}
          automatic={undefined}
          isWired={false}
          references={referencesFor(root, inside, byName, undefined, output)}
          problems={[]}
          onChange={(value) => {
            const { root: whole, type } = useFlow.getState();
            type(withInput(bodyAt(whole, around), id, 'output', value), `${id} output`, around);
          }}
        />
      )}
    </div>
  );
}
