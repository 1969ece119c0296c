import { join } from 'node:path';
import type { Bus } from '../../src/core/dispatch/bus.ts';
import { asJsonArray, asJsonObject, type JsonObject } from '../../src/core/json.ts';
import type { Result } from '../../src/core/result.ts';
import { createProject } from '../../src/embedded/project/new-project/new-project.ts';
import type { WorkflowService } from '../../src/workflow/service.ts';
import { appIn } from '../../test/harness/app-in.ts';

/** The program over a project and a state directory, as every facade calls it. */
export interface AskingRoom {
  readonly service: WorkflowService;
  openBus(): Promise<Bus>;
  /** Starts a run, which then waits for the first answer; gives its id. */
  begin(): Promise<string>;
  /** Answers what a run asks, and waits until it asks the next thing. Rejects with what refused it. */
  answer(executionId: string, text: string): Promise<void>;
  close(): Promise<void>;
}

/** More questions than a measurement gives answers: a run of it waits until it is done with. */
const fields = Array.from({ length: 40 }, (_, index) => ({
  name: `volume${index}`,
  type: 'number',
  unit: 'dB',
  min: -96,
  max: 12,
}));

const workflow: JsonObject = {
  workflowId: 'asks',
  nodes: [
    { id: 'ask', type: 'askUser', data: { template: { fields } } },
    { id: 'said', type: 'say', data: { text: 'at $from:ask:$output:volume0 dB' } },
  ],
};

/** `dir` is made a room on first use. */
export async function openAsking(dir: string, isNew: boolean): Promise<AskingRoom> {
  const projectPath = join(dir, 'Asks', 'Asks.wproj');
  if (isNew) createProject(projectPath);
  const app = appIn(dir, ['--project', projectPath, '--state', join(dir, 'state')]);
  const service = await app.openService();
  return {
    service,
    openBus: app.openBus,
    begin: async () => {
      const begun = await service.run({ workflow, input: {}, caller: 'bench', waitMs: 60_000 });
      if (!begun.ok) throw new Error(begun.error);
      const { executionId } = suspendedIn(await begun.data.answer);
      return String(executionId);
    },
    answer: async (executionId, text) => {
      const given = await service.answer(executionId, { value: text }, { caller: 'bench', waitMs: 60_000 });
      if (!given.ok) throw new Error(given.error);
      suspendedIn(await given.data.answer);
    },
    close: () => app.close(),
  };
}

/** How many values a run that waits has collected, by how many questions it has asked. */
export async function askedIn(service: WorkflowService, executionId: string): Promise<number> {
  const status = await service.status(executionId);
  if (!status.ok) throw new Error(status.error);
  const [question] = asJsonArray(asJsonObject({ ...status.data }).waiting).map(asJsonObject);
  return Number(String(question?.question).split('#').at(-1));
}

function suspendedIn(result: Result): JsonObject {
  if (result.ok && result.data.state === 'suspended') return result.data;
  throw new Error(result.ok ? `It is ${String(result.data.state)}.` : result.error);
}
