import { benchAgent } from './agent.ts';
import { benchAsk } from './ask.ts';
import { benchBatching } from './batching.ts';
import { benchDialogue } from './dialogue.ts';
import { benchEmbedded } from './embedded.ts';
import { benchHttp } from './http.ts';
import { benchJobs } from './jobs.ts';
import { benchLeads } from './leads.ts';
import { benchMainThread } from './main-thread.ts';
import { benchMcp } from './mcp.ts';
import { benchPage } from './page/page.ts';
import { benchReadCost } from './read-cost.ts';
import { benchRunner } from './runner.ts';
import { benchSpeed } from './speed.ts';
import { benchWholeProject } from './whole-project.ts';

/** `npm run bench` keeps the tables of RESULTS.md; `npm run bench -- embedded` is one of the others, `-- all` every one. */
const sections: Readonly<Record<string, (print: (line: string) => void) => Promise<void>>> = {
  speed: benchSpeed,
  agent: benchAgent,
  embedded: benchEmbedded,
  mcp: benchMcp,
  http: benchHttp,
  jobs: benchJobs,
  leads: benchLeads,
  'main-thread': benchMainThread,
  'read-cost': benchReadCost,
  dialogue: benchDialogue,
  page: benchPage,
  ask: benchAsk,
  runner: benchRunner,
  batch: benchBatching,
  'whole-project': benchWholeProject,
};

const kept: ReadonlySet<string> = new Set(['speed', 'agent', 'http']);
const [wanted] = process.argv.slice(2);
for (const [name, bench] of Object.entries(sections)) {
  if (wanted === name || wanted === 'all' || (wanted === undefined && kept.has(name)))
    await bench((line) => process.stdout.write(`${line}\n`));
}
