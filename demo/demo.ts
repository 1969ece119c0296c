import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pc from 'picocolors';
import { type Agent, type Answer, connectAgent } from './agent.ts';
import { changedFiles, drawDiff, readFiles } from './disk.ts';
import { drawMistake } from './draw-mistake.ts';
import { drawPlan } from './draw-plan.ts';
import { drawResults, drawSteps } from './draw-run.ts';
import { act, clip, line, note, title } from './screen.ts';
import { openStage, type Stage } from './stage.ts';
import { type DemoWorkflow, misspelt, workflowFor } from './workflow.ts';

/**
 * The main job, live: an MCP client starts the built server on a fresh project, compiles and runs a workflow, runs it
 * again, changes the audio, and makes one mistake. Everything shown comes from the server's answers and from the files on disk.
 */
async function main(keep: boolean): Promise<void> {
  const startedMs = performance.now();
  const server = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
  if (!existsSync(server)) throw new Error(`${server} does not exist. Build first: npm run build`);
  title('WwiseFlow', 'a coding agent edits a Wwise project, without Wwise');

  const stage = openStage(server);
  process.once('SIGINT', () => {
    if (!keep) stage.discard();
    process.exit(130);
  });
  try {
    const agent = await connectAgent(server, stage);
    try {
      await play(agent, stage);
    } finally {
      await agent.close();
    }
    line();
    note(`Done in ${((performance.now() - startedMs) / 1000).toFixed(1)} s.`);
    note(
      keep
        ? `The project is in ${stage.dir}`
        : 'The project is deleted again; npm run demo -- --keep keeps it.',
    );
  } finally {
    if (!keep) stage.discard();
  }
}

async function play(agent: Agent, stage: Stage): Promise<void> {
  act(1, 'A fresh project, a WAV file, an MCP client over stdio');
  line(`  ${pc.dim('$')} wwiseflow new Demo/Demo.wproj`);
  line(`  ${pc.dim('$')} wwiseflow mcp --project Demo/Demo.wproj --allow-dir . --state state`);
  line(
    `  ${pc.magenta('♪')} audio/laser_zap.wav  ${pc.dim('a falling sweep, 0.35 s, synthesised just now')}`,
  );
  const made = await agent.call('create_object', { type: 'Bus', name: 'SFX', parentPath: stage.mainBus });
  const bus = succeeded(made, 'create_object');
  succeeded(await agent.call('project_save', {}), 'project_save');
  note(
    `MCP ${agent.protocolVersion}, ${agent.toolCount} tools. One direct call made the bus ${String(bus.name)}.`,
  );

  act(2, 'The workflow, compiled to a plan');
  const workflow = workflowFor(stage);
  drawPlan(
    workflow,
    succeeded(await agent.call('workflow_compile', { workflow, verbose: true }), 'workflow_compile'),
  );

  act(3, 'The run');
  const fresh = readFiles(stage.projectDir);
  await run(agent, workflow);

  act(4, 'What it changed on disk');
  const done = readFiles(stage.projectDir);
  drawDiff(fresh, done);

  act(5, 'The same workflow again');
  await run(agent, workflow);
  const changed = changedFiles(done, readFiles(stage.projectDir));
  if (changed.length > 0) throw new Error(`The second run changed ${changed.join(', ')}.`);
  line(`  ${pc.green('✓')} ${done.size} files compared by SHA-256: not one byte changed.`);

  act(6, 'A new take of the WAV file, and again the same workflow');
  stage.recordAgain();
  await run(agent, workflow);
  drawDiff(done, readFiles(stage.projectDir));

  act(7, 'A mistake, and what the agent reads');
  note('The agent writes "filPath" where it means "filePath".');
  drawMistake(await agent.call('workflow_compile', { workflow: misspelt(workflow) }));
}

async function run(agent: Agent, workflow: DemoWorkflow): Promise<void> {
  const steps = drawSteps();
  // The table also shows types, times and calls, which are answered on request.
  const answer = await agent.call('workflow_run', { workflow, verbose: true }, steps.onStep);
  const result = succeeded(answer, 'workflow_run');
  steps.finish(result);
  drawResults(result);
}

function succeeded(answer: Answer, tool: string): Readonly<Record<string, unknown>> {
  if (answer.ok) return answer.data;
  throw new Error(`${tool} failed: ${answer.code}: ${answer.error} ${answer.hint}`);
}

try {
  await main(process.argv.includes('--keep'));
} catch (error) {
  process.stderr.write(
    `\n${pc.red('The demo failed.')} ${clip(error instanceof Error ? error.message : String(error), 900)}\n`,
  );
  process.exitCode = 1;
}
