import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from '../../../../src/app.ts';
import { asJsonArray, asJsonObject, type JsonObject } from '../../../../src/core/json.ts';
import { appIn } from '../../../harness/app-in.ts';
import { freshProject } from '../../../harness/fresh-project.ts';
import { mcpClient } from '../../../harness/mcp-client.ts';
import { newTempDir } from '../../../harness/temp-dir.ts';
import { writeTone } from '../../../harness/wave.ts';

export interface ServiceRoom {
  readonly app: App;
  /** The only allowed directory; the project lies in `Game` below it. */
  readonly dir: string;
  readonly projectPath: string;
  /** A WAV to import. */
  readonly wavPath: string;
  /** The result of a tool, in full unless `verbose` is false, after checking it against the tool's own output schema. */
  call(tool: string, args: JsonObject, signal?: AbortSignal): Promise<JsonObject>;
  /** The data of a tool that must succeed. */
  done(tool: string, args: JsonObject): Promise<JsonObject>;
}

/** The usual tools and all about workflows, unless the test chooses. */
const everyday = ['--toolsets', 'default,workflow'];

/** Runs `work` with a client of the whole program, without a process in between, on a new project. */
export async function withService(
  work: (room: ServiceRoom) => Promise<void>,
  ...argv: string[]
): Promise<void> {
  const dir = newTempDir('service');
  const projectPath = join(dir, 'Game', 'Game.wproj');
  const wavPath = join(dir, 'wavs', 'step.wav');
  freshProject(projectPath);
  writeTone(wavPath);
  const places = ['--project', projectPath, '--state', join(dir, 'state'), '--allow-dir', dir];
  const app = appIn(dir, [...places, ...(argv.includes('--toolsets') ? [] : everyday), ...argv]);
  const { client, close } = await mcpClient(app, argv.includes('--read-only') ? 'reader' : 'admin');

  const call: ServiceRoom['call'] = async (tool, args, signal) => {
    const answer = await client.callTool(
      { name: tool, arguments: { verbose: true, ...args } },
      signal === undefined ? {} : { signal },
    );
    const result = asJsonObject(answer.structuredContent);
    if (JSON.stringify(asJsonArray(answer.content)).length > 200_000)
      throw new Error(`${tool} said too much`);
    return result;
  };
  try {
    await work({
      ...{ app, dir, projectPath, wavPath, call },
      done: async (tool, args) => {
        const { ok, data, code, error, details } = await call(tool, args);
        if (ok === true) return asJsonObject(data);
        throw new Error(`${tool}: ${String(code)}: ${String(error)} ${JSON.stringify(details)}`);
      },
    });
  } finally {
    await close();
    rmSync(dir, { recursive: true, force: true });
  }
}
