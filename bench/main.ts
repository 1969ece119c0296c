import { benchAgent } from './agent.ts';
import { benchBatching } from './batching.ts';
import { benchDialogue } from './dialogue.ts';
import { benchEmbedded } from './embedded.ts';
import { benchHttp } from './http.ts';
import { benchMainThread } from './main-thread.ts';
import { benchMcp } from './mcp.ts';
import { benchReadCost } from './read-cost.ts';
import { benchRunner } from './runner.ts';
import { benchWholeProject } from './whole-project.ts';

/** `npm run bench`, or `npm run bench -- embedded` for one of them. */
const sections: Readonly<Record<string, (print: (line: string) => void) => Promise<void>>> = {
  agent: benchAgent,
  embedded: benchEmbedded,
  mcp: benchMcp,
  http: benchHttp,
  'main-thread': benchMainThread,
  'read-cost': benchReadCost,
  dialogue: benchDialogue,
  runner: benchRunner,
  batch: benchBatching,
  'whole-project': benchWholeProject,
};

const [wanted] = process.argv.slice(2);
for (const [name, bench] of Object.entries(sections)) {
  if (wanted === undefined || wanted === name) await bench((line) => process.stdout.write(`${line}\n`));
}
