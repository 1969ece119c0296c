import type { Attack } from './attack.ts';
import { mostGrowthMb } from './attacks/memory.ts';
import { type Law, laws, type Tally } from './tally.ts';

/** What became of an attack; `missing`: why it was not done. */
export interface Done {
  readonly attack: Attack;
  readonly tally: Tally;
  readonly missing?: string;
}

/** The report in Markdown: goals beside the numbers. */
export function reportOf(
  done: readonly Done[],
  { seed, minutes }: { readonly seed: number; readonly minutes: number },
): readonly string[] {
  const names = Object.keys(laws).filter((name): name is Law => name in laws);
  const breaches = done.flatMap(({ tally }) => tally.breaches);
  return [
    '# Torture',
    '',
    'What was done to the built program from outside, and whether its laws held afterwards. Written by `npm run torture`; the same seed draws the same harm, and time decides what it meets.',
    '',
    `Seed ${seed}, ${minutes} minutes in all, Node ${process.version}. ${total(done, ({ calls }) => calls)} calls, harm done ${total(done, ({ harm }) => harm)} times: ${breaches.length} breaches of the laws (goal: 0).`,
    '',
    `After every round: ${names.map((name) => laws[name]).join('; ')}. The columns of the laws say how often each was broken and how often it was looked at; the goal is 0 everywhere. Memory is what the server had when it was warm and in the end, in MB; the goal is at most ${mostGrowthMb} more.`,
    '',
    `| attack | rounds | calls | harm | ${names.join(' | ')} | MB |`,
    `|---|---:|---:|---:|${names.map(() => '---:').join('|')}|---:|`,
    ...done.map((one) => rowOf(one, names)),
    '',
    '## What each does',
    '',
    ...done.map(
      ({ attack, missing }) =>
        `- **${attack.name}**: ${attack.does}${missing === undefined ? '' : ` Not done here: ${missing}.`}`,
    ),
    ...(breaches.length === 0
      ? []
      : ['', '## Breaches', '', ...breaches.map(({ law, text }) => `- ${law}: ${text}`)]),
  ];
}

function rowOf({ attack, tally, missing }: Done, names: readonly Law[]): string {
  if (missing !== undefined) return `| ${attack.name} | 0 | | | ${names.map(() => '').join(' | ')} | |`;
  const cells = names.map((name) => {
    const broken = tally.breaches.filter(({ law }) => law === name).length;
    return tally.looked[name] === 0 ? '' : `${broken} of ${tally.looked[name]}`;
  });
  const { memoryMb } = tally;
  const memory = memoryMb === undefined ? '' : `${memoryMb.before} to ${memoryMb.after}`;
  return `| ${[attack.name, tally.rounds, tally.calls, tally.harm, ...cells, memory].join(' | ')} |`;
}

function total(done: readonly Done[], of: (tally: Tally) => number): number {
  return done.reduce((sum, { tally }) => sum + of(tally), 0);
}
