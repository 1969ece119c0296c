import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { programsBuilt } from '../harness/build-programs.ts';
import { attacks } from './catalog.ts';
import { type Done, reportOf } from './report.ts';
import { emptyTally } from './tally.ts';
import { torture } from './torture.ts';

const page = fileURLToPath(new URL('../../docs/guides/torture.md', import.meta.url));

/**
 * `npm run torture -- [--minutes 5] [--seed N] [--attack NAME]... [--mutations 1000000] [--report]`: shares the minutes out among
 * the attacks, prints what each came to, and ends with 1 where a law was broken.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '5' },
      seed: { type: 'string', default: String(Math.floor(Math.random() * 1e9)) },
      attack: { type: 'string', multiple: true, default: [] },
      mutations: { type: 'string', default: '1000000' },
      report: { type: 'boolean', default: false },
    },
  });
  const [minutes, seed, mutations] = [values.minutes, values.seed, values.mutations].map(Number);
  const chosen = attacks.filter(({ name }) => values.attack.length === 0 || values.attack.includes(name));
  const unknown = values.attack.filter((name) => !attacks.some((attack) => attack.name === name));
  if (unknown.length > 0 || ![minutes, seed, mutations].every(Number.isFinite))
    throw new Error(
      `--minutes, --seed and --mutations are numbers; attacks: ${attacks.map(({ name }) => name).join(', ')}.`,
    );
  process.stdout.write(`seed ${seed}\n`);
  const programs = await programsBuilt();
  const done: Done[] = [];
  try {
    for (const attack of chosen) {
      const missing = attack.missing?.();
      const bounds = {
        ...{ seed: seed ?? 0, mutations: mutations ?? 0 },
        limitMs: ((minutes ?? 0) * 60_000) / chosen.length,
      };
      const tally =
        missing === undefined
          ? await torture(attack, (name) => join(programs.dir, `${name}.js`), bounds)
          : emptyTally();
      done.push({ attack, tally, ...(missing === undefined ? {} : { missing }) });
      process.stdout.write(
        `${attack.name}: ${missing ?? `${tally.rounds} rounds, ${tally.calls} calls, ${tally.breaches.length} breaches`}\n`,
      );
      for (const { law, text } of tally.breaches) process.stdout.write(`  ${law}: ${text}\n`);
    }
  } finally {
    programs.remove();
  }
  const lines = reportOf(done, { seed: seed ?? 0, minutes: minutes ?? 0 });
  if (values.report) writeFileSync(page, `${lines.join('\n')}\n`);
  return done.every(({ tally }) => tally.breaches.length === 0) ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (thrown) {
  process.stderr.write(`${thrown instanceof Error ? thrown.message : String(thrown)}\n`);
  process.exitCode = 2;
}
