import { benchEmbedded } from './embedded.ts';
import { benchFusion } from './fusion.ts';
import { benchMainThread } from './main-thread.ts';
import { benchMcp } from './mcp.ts';
import { benchRunner } from './runner.ts';
import { benchWholeProject } from './whole-project.ts';

/** `npm run bench`, or `npm run bench -- embedded` for one of them. */
const sections: Readonly<Record<string, (print: (line: string) => void) => Promise<void>>> = {
  embedded: benchEmbedded,
  mcp: benchMcp,
  'main-thread': benchMainThread,
  runner: benchRunner,
  fusion: benchFusion,
  'whole-project': benchWholeProject,
};

const [wanted] = process.argv.slice(2);
for (const [name, bench] of Object.entries(sections)) {
  if (wanted === undefined || wanted === name) await bench((line) => process.stdout.write(`${line}\n`));
}
