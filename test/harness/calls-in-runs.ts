import { mkdirSync, rmSync } from 'node:fs';
import type { AnyCommand } from '../../src/core/command.ts';
import type { JsonObject } from '../../src/core/json.ts';
import { copyExampleProject, exampleInput, exampleProjectIn } from './command-examples.ts';
import { withMcp } from './mcp-room.ts';
import { newTempDir } from './temp-dir.ts';

/** What the plan of a workflow of one node says, and what its run took. */
export interface CallsInRun {
  readonly planned: number;
  readonly taken: number;
  /** Of these the two around the changes of a run. */
  readonly ofGroup: number;
}

/** Whether the embedded engine does all that this command is about. */
export function isCountable({ examples, checkedOn }: AnyCommand): boolean {
  return examples?.[0] !== undefined && checkedOn === undefined;
}

/** Runs the first example of a command as a workflow, in a copy of the project of `seed` that the session knows. */
export async function callsInRun(
  command: AnyCommand,
  seed: string,
  changes: JsonObject = {},
): Promise<CallsInRun> {
  const [example] = command.examples ?? [];
  const dir = newTempDir('calls-in-run');
  mkdirSync(dir, { recursive: true });
  copyExampleProject(seed, dir);
  try {
    return await withMcp(dir, ['--project', exampleProjectIn(dir)], async (room) => {
      await room.done('project_info', {});
      const earlier: JsonObject[] = [];
      for (const [name, input] of example?.before ?? [])
        earlier.push(await room.done(name, exampleInput(input, dir, earlier)));
      const data = { ...exampleInput(example?.input ?? {}, dir, earlier), ...changes };
      const workflow = { nodes: [{ id: 'it', type: command.name, data }], edges: [] };
      const { waapiCalls: planned } = await room.done('workflow_compile', { workflow });
      const { waapiCalls: taken } = await room.done('workflow_run', { workflow });
      const isChange = command.effect !== 'read' && command.effect !== 'barrier' && data.preview !== true;
      return { planned: Number(planned), taken: Number(taken), ofGroup: isChange ? 2 : 0 };
    });
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
