import type { EvalResult } from './converse.ts';

/** What `npm run evals` aims at: 55 of 60 without a false claim. */
export const goal = { succeeded: 55, of: 60, falseClaims: 0 } as const;

/** The results in Markdown: the sum beside its goal, then a line per task. */
export function tableOf(modelName: string, results: readonly EvalResult[]): readonly string[] {
  const succeeded = results.filter(({ problem }) => problem === undefined).length;
  const falseClaims = sum(results, ({ falseClaims: claims }) => claims.length);
  return [
    `# Evals: ${modelName}`,
    '',
    `${succeeded} of ${results.length} tasks succeeded (goal: ${goal.succeeded} of ${goal.of}) with ${falseClaims} false claims (goal: ${goal.falseClaims}), by ${sum(results, ({ calls }) => calls)} calls; tokens: ${sum(results, ({ tokensIn }) => tokensIn)} in, ${sum(results, ({ tokensOut }) => tokensOut)} out.`,
    '',
    '| task | calls | tokens in | tokens out | false claims | succeeded |',
    '|---|---:|---:|---:|---:|---|',
    ...results.map(rowOf),
  ];
}

function rowOf({ id, calls, tokensIn, tokensOut, falseClaims, problem }: EvalResult): string {
  const said =
    problem === undefined ? 'yes' : `no: ${problem.slice(0, 160).replaceAll(/\s*[|\n]\s*/g, ' / ')}`;
  return `| ${[id, calls, tokensIn, tokensOut, falseClaims.length, said].join(' | ')} |`;
}

function sum(results: readonly EvalResult[], of: (result: EvalResult) => number): number {
  return results.reduce((total, result) => total + of(result), 0);
}
