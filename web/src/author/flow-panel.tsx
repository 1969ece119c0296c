import { useEffect } from 'react';
import { placeOf } from '../graph/bodies.ts';
import { useInside } from '../graph/inside.ts';
import { PlanView } from '../plan/plan-view.tsx';
import { RunPanel } from '../run/run-panel.tsx';
import { useRun } from '../run/run-store.ts';
import { useNameInRun } from '../run/step-in-run.ts';
import { Tabs } from '../ui/tabs.tsx';
import { namedFlow } from './flow-actions.ts';
import { useFlow } from './flow-store.ts';
import { BodyForm } from './forms/body-form.tsx';
import { JsonEditor } from './forms/json-editor.tsx';
import { ProblemRow } from './forms/problems.tsx';
import { SelectionForm } from './forms/selection-form.tsx';
import { StepForm } from './forms/step-form.tsx';
import { WorkflowForm } from './forms/workflow-form.tsx';

/** Beside the drawing: the form of what is selected, the plan, the run, the JSON. */
export function FlowPanel({ tab, onTab }: { readonly tab: string; onTab(tab: string): void }) {
  const selected = useFlow((state) => state.selected);
  const document = useFlow((state) => state.document);
  const plan = useFlow((state) => state.plan);
  const problems = useFlow((state) => state.problems);
  const inside = useFlow((state) => state.inside);
  const executionId = useRun((state) => state.executionId);
  const [first] = selected;
  const name = useNameInRun(first ?? '');
  const node = selected.size === 1 ? document.nodes.find(({ id }) => id === first) : undefined;
  const isMany = selected.size > 1 || inside.length > 0;
  const tabs = [
    { id: 'step', label: node !== undefined ? 'Step' : isMany ? 'Steps' : 'Workflow' },
    { id: 'plan', label: 'Plan' },
    ...(executionId === null ? [] : [{ id: 'run', label: 'Run' }]),
    { id: 'json', label: 'JSON' },
  ];
  const chosen = tabs.some(({ id }) => id === tab) ? tab : 'step';
  useEffect(() => {
    if (executionId !== null) onTab('run');
  }, [executionId, onTab]);
  return (
    <aside className="panel" aria-label="Details">
      <Tabs label="Details" tabs={tabs} chosen={chosen} onChoose={onTab}>
        {chosen === 'step' &&
          (node !== undefined ? (
            <StepForm key={node.id} node={node} />
          ) : selected.size > 1 ? (
            <SelectionForm />
          ) : inside.length > 0 ? (
            <BodyForm inside={inside} />
          ) : (
            <WorkflowForm />
          ))}
        {chosen === 'plan' &&
          (plan !== null ? (
            <PlanView plan={plan} />
          ) : problems.length > 0 ? (
            <>
              <p className="about">There is no plan until these are mended.</p>
              {problems.map((problem) => (
                <ProblemRow key={problem.pointer + problem.message} problem={problem} withNode />
              ))}
            </>
          ) : (
            <p className="empty">Add a step first.</p>
          ))}
        {chosen === 'run' && (
          <RunPanel
            chosen={first === undefined ? undefined : name.id}
            workflow={namedFlow}
            onChoose={showStep}
            onMend={(idInRun) => {
              showStep(idInRun);
              onTab('step');
            }}
            onClose={() => {
              useRun.getState().show(null);
              onTab('step');
            }}
          />
        )}
        {chosen === 'json' && <JsonEditor />}
      </Tabs>
    </aside>
  );
}

/** Draws the part that a step of the run is in, with it selected. */
function showStep(idInRun: string): void {
  const { root, enter } = useFlow.getState();
  const place = placeOf(root, idInRun);
  enter(place.inside, [place.id]);
  useInside.getState().enter(root, place.inside, place.items);
}
