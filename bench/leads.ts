import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Sqlite from 'libsql';
import { silentLog } from '../src/core/log.ts';
import { openSqliteStores } from '../src/stores/sqlite/sqlite-stores.ts';
import { readPresets } from '../src/workflow/remote/presets/read-presets.ts';
import { readPromptTemplates } from '../src/workflow/remote/prompts/prompt-template.ts';
import { createRemote } from '../src/workflow/remote/remote.ts';
import { createRuns } from '../src/workflow/runtime/runs.ts';
import { outsideOf } from '../test/harness/outside.ts';
import { type LeadServices, startLeadServices } from '../test/workflow/documents/lead-services.ts';
import { compile, emptyShelf, shelfBus } from '../test/workflow/harness.ts';
import { keepSection } from './keep-section.ts';
import { runHardCoded } from './leads/hard-coded.ts';

const ROUNDS = 7;
/** Services answer in this time at the least; real ones take longer, and the share of the engine is smaller. */
const DELAY_MS = 50;

/**
 * What a workflow costs beside the same steps written as a program: the enrichment of 150 contacts as printed, with a journal on disk,
 * against services on this machine. Both in turns, so that a busy machine slows both. Prints the table and keeps it in RESULTS.md.
 */
export async function benchLeads(print: (line: string) => void): Promise<void> {
  const services = await startLeadServices(DELAY_MS);
  const dir = mkdtempSync(join(tmpdir(), 'wwiseflow-leads-'));
  try {
    const took: { readonly engine: Took[]; readonly program: Took[] } = { engine: [], program: [] };
    for (let round = 0; round <= ROUNDS; round += 1) {
      const path = newDatabase(join(dir, `p${round}`));
      const program = await timed(() => runHardCoded(services.all.url, path));
      const engine = await runByEngine(services, join(dir, `e${round}`));
      // The first time everything is compiled.
      if (round === 0) continue;
      took.program.push(program);
      took.engine.push(engine);
    }
    const wall = (of: readonly Took[]) => of.map(({ wallMs }) => wallMs);
    const cpu = (of: readonly Took[]) => of.map(({ cpuMs }) => cpuMs);
    const [engine, program] = [median(wall(took.engine)), median(wall(took.program))];
    const fastest = [Math.min(...wall(took.engine)), Math.min(...wall(took.program))] as const;
    const more = median(cpu(took.engine)) - median(cpu(took.program));
    const share = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`;
    const lines = [
      '## A workflow beside the same steps as a program',
      '',
      `The enrichment of 150 contacts by five services that take ${DELAY_MS} ms for an answer and fail now and then: 217 requests, a row stored.`,
      'The engine compiles it and keeps a journal on disk, in which every answer survives a power cut; the program keeps nothing. Both wait the same time between attempts. Goal: 10 %.',
      'A machine whose cores others keep busy shows more: what is worked out waits, the services’ delays do not. Time on the processor is beside it: what of it falls into a wait for services costs no time.',
      '',
      `| | median of ${String(ROUNDS)}, ms | fastest, ms | on the processor, ms |`,
      '| --- | ---: | ---: | ---: |',
      `| written as a program | ${program.toFixed(0)} | ${fastest[1].toFixed(0)} | ${median(cpu(took.program)).toFixed(0)} |`,
      `| as a workflow | ${engine.toFixed(0)} | ${fastest[0].toFixed(0)} | ${median(cpu(took.engine)).toFixed(0)} |`,
      `| overhead | ${share(engine - program, program)} | ${share(fastest[0] - fastest[1], fastest[1])} | ${share(more, fastest[1])} of the program’s fastest |`,
    ];
    for (const line of lines) print(line);
    keepSection('leads', lines);
  } finally {
    await services.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** A database with the audience and the table of the leads; gives its path. */
function newDatabase(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'leads.db');
  const database = new Sqlite(path);
  database.exec(`
    CREATE TABLE source_audiences (id TEXT, name TEXT, type TEXT, urls TEXT);
    INSERT INTO source_audiences VALUES ('aud-1', 'Fans', 'instagram', '["https://example.org/p/1"]');
    CREATE TABLE shared_audiences (sourceAudienceId TEXT, contacts TEXT, metadata TEXT);
  `);
  database.close();
  return path;
}

const root = fileURLToPath(new URL('..', import.meta.url));
const document: unknown = JSON.parse(
  readFileSync(join(root, 'test/workflow/documents/lead-enrichment-v1.json'), 'utf8'),
);

/** The program is up, as a server is: its stores are open, its presets read. */
async function runByEngine(services: LeadServices, folder: string): Promise<Took> {
  const path = newDatabase(folder);
  mkdirSync(join(folder, 'presets'));
  for (const [name, preset] of Object.entries(services.presets))
    writeFileSync(join(folder, 'presets', `${name}.json`), JSON.stringify(preset));
  const stores = openSqliteStores(join(folder, 'state'));
  const presets = readPresets([
    { dir: join(root, 'presets'), isOwn: false },
    { dir: join(folder, 'presets'), isOwn: true },
  ]);
  const prompts = readPromptTemplates([join(root, 'presets/prompts')]);
  const runs = createRuns({
    bus: shelfBus(emptyShelf()),
    log: silentLog,
    store: stores.runs,
    artifacts: stores.artifacts,
    outside: outsideOf(folder, [{ name: 'default', kind: 'sqlite', isWritable: true, path }]),
    remote: createRemote({ presets, prompts, secret: (name) => `${name}-value` }),
  });
  try {
    return await timed(async () => {
      const result = await runs.start(compile(document)).done;
      if (!result.ok) throw new Error(result.error);
    });
  } finally {
    runs.close();
    await stores.close();
  }
}

interface Took {
  readonly wallMs: number;
  /** Of this process, in which the services are too. */
  readonly cpuMs: number;
}

/** Both wait between two attempts at random, for seconds in all: the same seconds each time. */
async function timed(work: () => Promise<void>): Promise<Took> {
  const { random } = Math;
  let state = 7;
  Math.random = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  try {
    const [from, before] = [performance.now(), process.cpuUsage()];
    await work();
    const { user, system } = process.cpuUsage(before);
    return { wallMs: performance.now() - from, cpuMs: (user + system) / 1_000 };
  } finally {
    Math.random = random;
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}
