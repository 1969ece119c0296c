import { asJsonArray, asString, type JsonObject } from '../../core/json.ts';
import type { WorkflowService } from '../../workflow/service.ts';
import { bold, dim, line } from './draw/paint.ts';
import { type Print, printJson } from './print.ts';
import { readFlow } from './read-flow.ts';
import { refusedError } from './trouble.ts';

export interface FlowToExplain {
  readonly flowPath: string;
  readonly json: boolean;
}

/** Says what a workflow file does, all of it. Exit code 0. Throws why it does not compile. */
export async function explainFlow(
  { flowPath, json }: FlowToExplain,
  service: WorkflowService,
  print: Print,
): Promise<number> {
  const workflow = readFlow(flowPath);
  const pages: JsonObject[] = [];
  for (let cursor: string | undefined; pages.length === 0 || cursor !== undefined; ) {
    const answer = await service.explain({ workflow, cursor });
    if (!answer.ok) throw refusedError(answer);
    pages.push(answer.data);
    cursor = asString(answer.data.cursor);
  }
  const of = (member: string) => pages.flatMap((page) => asJsonArray(page[member]).map(String));
  const [about, inputs, steps] = [of('about'), of('inputs'), of('steps')];
  if (json) printJson({ workflowId: pages[0]?.workflowId ?? '', about, inputs, steps }, print);
  else draw(about, inputs, steps, print);
  return 0;
}

function draw(
  [first = '', ...about]: readonly string[],
  inputs: readonly string[],
  steps: readonly string[],
  print: Print,
): void {
  print(bold(line`${first}`));
  for (const sentence of about) print(line`  ${sentence}`);
  if (inputs.length > 0) print(dim('Inputs'));
  for (const sentence of inputs) print(line`  ${sentence}`);
  print(dim('Steps'));
  for (const sentence of steps) print(line`  ${sentence}`);
}
