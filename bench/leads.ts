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
    const took: { readonly engine: number[]; readonly program: number[] } = { engine: [], program: [] };
    for (let round = 0; round <= ROUNDS; round += 1) {
      const program = await timed(() => runHardCoded(services.all.url, newDatabase(join(dir, `p${round}`))));
      const engine = await timed(() => runByEngine(services, join(dir, `e${round}`)));
      // The first time everything is compiled.
      if (round === 0) continue;
      took.program.push(program);
      took.engine.push(engine);
    }
    const [engine, program] = [median(took.engine), median(took.program)];
    const overhead = (100 * (engine - program)) / program;
    const lines = [
      '## A workflow beside the same steps as a program',
      '',
      `The enrichment of 150 contacts by five services that take ${DELAY_MS} ms for an answer and fail now and then: 217 requests, a row stored.`,
      'The engine keeps a journal on disk, in which every answer survives a power cut; the program keeps nothing. Goal: 10 %.',
      'A machine whose cores others keep busy shows more: what is worked out waits, the services’ delays do not.',
      '',
      `| | median of ${String(ROUNDS)}, ms | fastest, ms |`,
      '| --- | ---: | ---: |',
      `| written as a program | ${program.toFixed(0)} | ${Math.min(...took.program).toFixed(0)} |`,
      `| as a workflow | ${engine.toFixed(0)} | ${Math.min(...took.engine).toFixed(0)} |`,
      `| overhead | ${overhead.toFixed(1)} % | ${((100 * (Math.min(...took.engine) - Math.min(...took.program))) / Math.min(...took.program)).toFixed(1)} % |`,
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

async function runByEngine(services: LeadServices, folder: string): Promise<void> {
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
  const result = await runs.start(compile(document)).done;
  runs.close();
  await stores.close();
  if (!result.ok) throw new Error(result.error);
}

/** Both wait between two attempts at random, for seconds in all: the same seconds each time. */
async function timed(work: () => Promise<void>): Promise<number> {
  const { random } = Math;
  let state = 7;
  Math.random = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  try {
    const from = performance.now();
    await work();
    return performance.now() - from;
  } finally {
    Math.random = random;
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}
