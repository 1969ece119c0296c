import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asJsonArray, asJsonObject, type Json, type JsonObject } from '../../src/core/json.ts';
import { freshProject } from '../harness/fresh-project.ts';
import { type McpRoom, withMcp } from '../harness/mcp-room.ts';
import { writeTone } from '../harness/wave.ts';

export interface TemplateRoom extends McpRoom {
  /** Where audio files and sheets lie. */
  readonly dir: string;
  /** Makes a tone for each of these paths below `dir`. */
  tones(...paths: readonly string[]): void;
  /** The workflow of a template with these values; throws what was refused. */
  made(template: string, input: JsonObject): Promise<JsonObject>;
  /** The same, run; gives the answer of the run, whose nodes are all done. */
  ran(template: string, input: JsonObject): Promise<JsonObject>;
  /** The same of one that asks: each answer goes to what is asked next. */
  asked(template: string, input: JsonObject, answers: readonly Json[]): Promise<JsonObject>;
  /** The text of all Work Units in a folder of the project, as they are on disk. */
  saved(folder: string): string;
  /** The files of the Originals, by their paths in it with slashes. */
  originals(): readonly string[];
}

/** A fresh project on the embedded engine and a client of the whole program, to try a template with. */
export async function withTemplates(
  work: (room: TemplateRoom) => Promise<void>,
  options: (dir: string) => readonly string[] = () => [],
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'wwiseflow-templates-')));
  const projectDir = join(dir, 'Game');
  freshProject(join(projectDir, 'Game.wproj'));
  try {
    const target = ['--project', join(projectDir, 'Game.wproj'), ...options(dir)];
    await withMcp(
      dir,
      target,
      async (room) => {
        const made = async (template: string, input: JsonObject) =>
          asJsonObject((await room.done('workflow_from_template', { template, input })).workflow);
        await work({
          ...room,
          dir,
          tones: (...paths) => {
            for (const path of paths) writeTone(join(dir, path));
          },
          made,
          ran: async (template, input) => {
            const run = await room.done('workflow_run', { workflow: await made(template, input) });
            return finished(await ended(run, room));
          },
          asked: async (template, input, answers) => {
            let run = await room.done('workflow_run', { workflow: await made(template, input) });
            for (const answer of answers) {
              const { executionId = null } = run;
              run = await ended(await room.done('workflow_answer', { executionId, answer }), room);
            }
            return finished(run);
          },
          saved: (folder) => textIn(join(projectDir, folder)),
          originals: () => filesBelow(join(projectDir, 'Originals')),
        });
      },
      env,
    );
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Waits for a run that goes on by itself, as while it asks for a job. */
async function ended(run: JsonObject, { done }: McpRoom): Promise<JsonObject> {
  const { executionId = null } = run;
  for (let seen = run; ; seen = await done('workflow_status', { executionId, waitMs: 1_000 })) {
    const waits = asJsonArray(seen.suspended).map(asJsonObject);
    if (seen.state !== 'running' && !waits.some(({ prompt }) => prompt === undefined)) return seen;
  }
}

/** The run, none of whose nodes failed. */
function finished(run: JsonObject): JsonObject {
  const failed = asJsonArray(run.results ?? run.nodes).filter((one) => asJsonObject(one).ok === false);
  if (failed.length > 0) throw new Error(JSON.stringify(failed));
  return run;
}

function textIn(folder: string): string {
  return filesBelow(folder)
    .filter((path) => path.endsWith('.wwu'))
    .map((path) => readFileSync(join(folder, path), 'utf8'))
    .join('\n');
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .map((path) => path.replaceAll('\\', '/'))
    .sort();
}
