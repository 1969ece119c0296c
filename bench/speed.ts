import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, release, tmpdir, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { asJsonObject, asString } from '../src/core/json.ts';
import { keepSection } from './keep-section.ts';
import { measureCalls } from './speed/calls.ts';
import { callsTable } from './speed/calls-per-command.ts';
import { measureCompiling } from './speed/compiling.ts';
import { measureMemory } from './speed/memory.ts';
import { measureWholeProjects } from './speed/opening.ts';
import { buildPrograms } from './speed/peers.ts';
import { withReasons } from './speed/reasons.ts';
import type { SpeedRow } from './speed/row.ts';
import { measureSounds } from './speed/sounds.ts';
import { measureStarts } from './speed/starts.ts';
import { measureWorkflowLanguage } from './speed/workflow-language.ts';

/**
 * The goals of speed, each measured beside what it is compared with in one run on one machine, with its verdict; and how many
 * calls of WAAPI each command takes. Prints all and keeps it in RESULTS.md. `share`: a part of the repetitions, to try it.
 */
export async function benchSpeed(
  print: (line: string) => void,
  share = Number(process.env.BENCH_SHARE ?? 1),
): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'wwiseflow-bench-speed-'));
  const some = (amount: number): number => Math.max(5, Math.round(amount * share));
  const lines: string[] = [];
  const add = (line: string): void => {
    lines.push(line);
    print(line);
  };
  try {
    const programs = await buildPrograms(dir);
    for (const line of heading(share)) add(line);
    const sections: readonly (() => Promise<readonly SpeedRow[]>)[] = [
      () => measureCalls(programs, dir, some(400)),
      () => measureStarts(programs, dir, some(25)),
      () => measureWholeProjects(dir, share < 1 ? [6_000, 24_000] : undefined),
      () => measureCompiling(some(15)),
      () => measureWorkflowLanguage(dir, some(25)),
      () => measureSounds(share < 1 ? 200 : undefined),
      () => measureMemory(programs, dir, share < 1 ? 2_000 : undefined),
    ];
    const missed: SpeedRow[] = [];
    for (const section of sections)
      for (const row of withReasons(await section())) {
        add(`| ${row.what} | ${row.goal} | ${row.measured} | ${row.isMet ? 'met' : 'missed'} |`);
        if (!row.isMet) missed.push(row);
      }
    if (missed.length > 0) add('');
    for (const { what, why = 'Not yet looked into.' } of missed) add(`- **${what}**: ${why}`);
    add('');
    for (const line of await callsTable()) add(line);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
  if (share >= 1) keepSection('speed', lines);
}

function heading(share: number): readonly string[] {
  const [cpu] = cpus();
  const sdk = asString(
    asJsonObject(
      JSON.parse(
        readFileSync(
          new URL('../node_modules/@modelcontextprotocol/server/package.json', import.meta.url),
          'utf8',
        ),
      ),
    ).version,
  );
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
    encoding: 'utf8',
    cwd: import.meta.dirname,
  }).trim();
  return [
    '## Speed',
    '',
    `Node ${process.version} on ${type()} ${release()}, ${cpus().length} x ${cpu?.model ?? 'unknown processor'}, ${(totalmem() / 2 ** 30).toFixed(0)} GB; @modelcontextprotocol/server ${sdk ?? '?'}; commit ${commit}.${share < 1 ? ' A trial of fewer repetitions.' : ''}`,
    '',
    'Two figures in brackets are medians of WwiseFlow and of what it is compared with, measured in turns. The pass-through is an MCP server of the bare SDK over stdio with one tool that sends the same WAAPI call over WAMP: it checks, remembers and verifies nothing. Both ask one embedded WAAPI server.',
    '',
    '| what | goal | measured | verdict |',
    '|---|---|---|---|',
  ];
}
