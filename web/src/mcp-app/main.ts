import { connectHost, type Host } from './host-bridge.ts';
import { drawRun, type PictureNode, type StepFacts, stateWords } from './run-picture.ts';
import './mcp-app.css';
import { readView, type ViewedRun } from './viewed-run.ts';

const pollMs = 2_000;
const root = document.getElementById('root') ?? document.body;
let host: Host | undefined;
let wanted: Readonly<Record<string, unknown>> = {};
let viewed: ViewedRun | undefined;
let chosen = '';
let timer: ReturnType<typeof setTimeout> | undefined;

/** What the server says of the run, or of the workflow before there is one. */
async function read(): Promise<void> {
  clearTimeout(timer);
  if (host === undefined || Object.keys(wanted).length === 0) return;
  try {
    viewed = readView(await host.callTool('workflow_view', wanted));
  } catch (thrown) {
    root.textContent = thrown instanceof Error ? thrown.message : 'The run cannot be shown.';
    return;
  }
  show();
  if (viewed.isOpen) timer = setTimeout(() => void read(), pollMs);
}

function show(): void {
  if (viewed === undefined) return;
  const { title, state, durationMs, percent, nodes, facts, error, executionId } = viewed;
  const head = element('header', '');
  head.append(element('h1', title));
  if (state !== '') head.append(element('span', state, `state is-${state}`));
  if (durationMs !== null) head.append(element('small', inTime(durationMs)));
  if (percent !== null && percent < 100) head.append(element('small', `${percent} %`));
  const tools = element('span', '', 'tools');
  if (['failed', 'cancelled', 'interrupted'].includes(state))
    tools.append(button('Resume', () => act('workflow_resume', executionId)));
  if (['done', 'failed', 'cancelled'].includes(state))
    tools.append(button('Roll back', () => act('workflow_rollback', executionId)));
  head.append(tools);
  const parts: (HTMLElement | SVGSVGElement)[] = [head];
  if (error !== '') parts.push(element('p', error, 'error'));
  parts.push(picture(nodes, facts));
  const about = facts.get(chosen);
  if (about !== undefined) {
    const line = element('p', '', 'about');
    line.append(element('b', chosen), ` ${stateWords[about.state]}`);
    if (about.durationMs !== null) line.append(`, ${inTime(about.durationMs)}`);
    if (about.error !== null) line.append(element('span', ` ${about.error}`, 'error'));
    parts.push(line);
  }
  root.replaceChildren(...parts);
  host?.resized({ height: Math.ceil(document.documentElement.scrollHeight) });
}

function picture(nodes: readonly PictureNode[], facts: ReadonlyMap<string, StepFacts>): SVGSVGElement {
  return drawRun(nodes, facts, chosen, (id) => {
    chosen = id === chosen ? '' : id;
    show();
  });
}

async function act(tool: string, executionId: string): Promise<void> {
  await host?.callTool(tool, { executionId }).catch(() => undefined);
  await read();
}

function element(name: string, text: string, className = ''): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  made.className = className;
  return made;
}

function button(label: string, run: () => Promise<void>): HTMLElement {
  const made = element('button', label);
  made.addEventListener('click', () => {
    made.setAttribute('disabled', '');
    void run();
  });
  return made;
}

function inTime(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}

/** A run that is named wins; before that the workflow is drawn as it would be run. */
function want(args: Readonly<Record<string, unknown>>): void {
  const { executionId, workflow, workflowId } = args;
  if (typeof executionId === 'string' && executionId.startsWith('exec_')) wanted = { executionId };
  else if (wanted.executionId === undefined && workflow !== undefined) wanted = { workflow };
  else if (wanted.executionId === undefined && workflowId !== undefined) wanted = { workflowId };
  void read();
}

void connectHost({
  onInput: want,
  onResult: (result) => want(dataOf(result)),
  onContext: ({ theme }) => {
    if (theme !== undefined) document.documentElement.dataset.theme = theme;
  },
  onTeardown: () => clearTimeout(timer),
}).then((connected) => {
  host = connected;
  void read();
});

/** What names the run in the answer of a tool, a failure's details too. */
function dataOf(result: unknown): Readonly<Record<string, unknown>> {
  const found = /"executionId":\s*"(exec_[\w-]+)"/.exec(JSON.stringify(result).replaceAll('\\"', '"'));
  return found === null ? {} : { executionId: found[1] };
}
