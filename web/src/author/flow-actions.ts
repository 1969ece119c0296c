import { ask } from '../api/ask.ts';
import type { KeptWorkflow, WholePreview } from '../api/wire.ts';
import { notify, notifyRefused } from '../app/notices.tsx';
import { goTo, linkTo } from '../app/route.ts';
import { type FlowDocument, readDocument } from '../graph/document.ts';
import { loadNodeTypes } from '../graph/node-types.ts';
import { useRun } from '../run/run-store.ts';
import { checkNow } from './check-flow.ts';
import type { Given } from './dialogs/run-dialog.tsx';
import { type FlowState, flowToRun, isDirty, useFlow } from './flow-store.ts';
import { placed } from './positions.ts';

/** Opens a workflow of the library, or one that comes with the program; an empty one for `new`. */
export async function openFlow(workflowId: string, version?: number): Promise<boolean> {
  const types = loadNodeTypes();
  const before = useFlow.getState();
  const isLost = isDirty(before) && before.root.nodes.length > 0;
  if (isLost && version === undefined) keepEdits(before);
  if (workflowId === 'new') {
    await types;
    useFlow.getState().open({ name: '', nodes: [], edges: [] }, null);
    return true;
  }
  if (workflowId === 'opened') return openGiven(types);
  const asked = `?verbose=true${version === undefined ? '' : `&version=${version}`}`;
  const answer = await ask<KeptWorkflow>('GET', `/workflows/${encodeURIComponent(workflowId)}${asked}`);
  if (!answer.ok) {
    notifyRefused(answer, { label: 'To the library', run: () => goTo('home') });
    return false;
  }
  await types;
  const { document } = answer.data;
  useFlow.getState().open(await placed(readDocument(document)), answer.data.version ?? null);
  await checkNow();
  return true;
}

/** Opens the workflow of the file that the server was started with. */
async function openGiven(types: Promise<void>): Promise<boolean> {
  const answer = await ask<{ readonly document: unknown }>('GET', '/opened');
  await types;
  if (!answer.ok) {
    notifyRefused(answer, { label: 'To the library', run: () => goTo('home') });
    return false;
  }
  useFlow.getState().open(await placed(readDocument(answer.data.document)), null);
  await checkNow();
  return true;
}

/** What was drawn and not saved can be brought back. */
function keepEdits({ root, saved, savedVersion }: FlowState): void {
  const name = root.workflowId ?? (root.name || 'the drawing');
  const run = (): void => {
    history.replaceState(null, '', linkTo('flow'));
    useFlow.getState().open(saved, savedVersion);
    useFlow.getState().replace(root);
  };
  notify({
    kind: 'info',
    text: `“${name}” had edits that are not saved.`,
    step: { label: 'Bring them back', run },
  });
}

/** Keeps the drawing in the library, as the newest version under its id. */
export async function saveFlow(workflowId: string): Promise<boolean> {
  const { root } = useFlow.getState();
  const workflow = { ...root, workflowId };
  const answer = await ask<{ readonly version: number }>(
    'PUT',
    `/workflows/${encodeURIComponent(workflowId)}`,
    { workflow },
  );
  if (!answer.ok) {
    notifyRefused(answer);
    return false;
  }
  if (root.workflowId !== workflowId) useFlow.getState().replace(workflow);
  useFlow.getState().markSaved(answer.data.version);
  notify({ kind: 'good', text: `Saved “${workflowId}”, version ${answer.data.version}.` });
  return true;
}

/** Begins a run of what is drawn, and shows it. */
export async function runFlow(input: Given): Promise<void> {
  const workflow = namedFlow();
  const answer = await ask<{ readonly executionId: string }>('POST', '/workflows/execute', {
    workflow,
    input,
    waitMs: 0,
  });
  const id = answer.ok ? answer.data.executionId : answer.details?.executionId;
  if (typeof id === 'string') useRun.getState().show(id);
  else if (!answer.ok) notifyRefused(answer);
}

/** Tries what is drawn on a copy of the project. */
export async function previewFlow(input: Given): Promise<WholePreview | null> {
  const workflow = namedFlow();
  const made = await ask<{ readonly previewId: string }>('POST', '/workflows/preview', { workflow, input });
  if (!made.ok) {
    notifyRefused(made);
    return null;
  }
  const whole = await ask<WholePreview>('GET', `/previews/${made.data.previewId}`);
  if (whole.ok) return whole.data;
  notifyRefused(whole);
  return null;
}

/** What was never saved runs under a name all the same, so that it is found among the runs. */
export function namedFlow(): FlowDocument {
  const document = flowToRun();
  const workflowId = document.workflowId ?? slug(document.name ?? '');
  return { ...document, workflowId: workflowId === '' ? 'untitled' : workflowId };
}

export function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
}

/** Hands the document to the browser as a file. */
export function downloadFlow(): void {
  const { root: document } = useFlow.getState();
  const url = URL.createObjectURL(
    new Blob([`${JSON.stringify(document, null, 2)}\n`], { type: 'application/json' }),
  );
  const link = window.document.createElement('a');
  link.href = url;
  link.download = `${document.workflowId ?? 'workflow'}.json`;
  link.click();
  URL.revokeObjectURL(url);
}

/** Shows the text of a file as a new drawing; what is no workflow is said, and what was drawn stays. */
export async function importFlow(text: string): Promise<void> {
  try {
    const document = readDocument(JSON.parse(text));
    if (document.nodes.length === 0) throw new Error('It has no “nodes”.');
    await loadNodeTypes();
    const shown = await placed(document);
    const before = useFlow.getState();
    if (isDirty(before) && before.root.nodes.length > 0) keepEdits(before);
    before.open(shown, null);
    // The address would name what was drawn before.
    goTo('flow');
    await checkNow();
  } catch (thrown) {
    notify({
      kind: 'bad',
      text: 'This is no workflow.',
      hint: thrown instanceof Error ? thrown.message : '',
    });
  }
}
