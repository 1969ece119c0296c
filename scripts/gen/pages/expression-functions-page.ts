import { callSignature } from '../../../src/workflow/expressions/cel/arguments.ts';
import type { functionGroups } from '../../../src/workflow/expressions/functions/catalog.ts';
import type { ExpressionFunction } from '../../../src/workflow/expressions/functions/expression-function.ts';

/** The page of what expressions in workflows may call. */
export function generateExpressionFunctionsPage(groups: typeof functionGroups): string {
  return [
    '# Functions of expressions',
    '',
    'What `{{ }}` in a [workflow](guides/workflows.md) may call; how expressions are written is in [Expressions](guides/expressions.md). `f(a, b)` may also be written `a.f(b)`. `?` marks what may be left out, `...` what may be given several times. All are pure: the same arguments give the same value.',
    ...groups.flatMap(({ title, functions }) => [
      '',
      `## ${title}`,
      '',
      '| function | gives | example | its value |',
      '|---|---|---|---|',
      ...functions.map(rowOf),
    ]),
    '',
  ].join('\n');
}

function rowOf(one: ExpressionFunction): string {
  const [expression, value] = one.example;
  const { aliases = [] } = one;
  const also = aliases.length === 0 ? '' : ` Also ${aliases.map((name) => `\`${name}\``).join(', ')}.`;
  const cells = [
    code(callSignature(one, one.name)),
    one.gives + also,
    code(expression),
    code(JSON.stringify(value)),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** A bar ends a cell, in code too. */
function code(text: string): string {
  return `\`${text.replaceAll('|', '\\|')}\``;
}
