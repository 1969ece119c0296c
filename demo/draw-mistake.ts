import pc from 'picocolors';
import { type Answer, items, members } from './agent.ts';
import { clip, line, width, wrap } from './screen.ts';

/** The answer to a faulty call: code, what happened, each problem with its place, what to do next. */
export function drawMistake(answer: Answer): void {
  if (answer.ok) throw new Error('The mistake was not noticed.');
  line(`  ${pc.red('✗')} ${pc.bold(answer.code)}`);
  const problems = items(members(answer.details).problems).map(members);
  if (problems.length === 0) for (const text of wrap(answer.error, width - 6)) line(`    ${text}`);
  for (const problem of problems) {
    line(`    ${pc.yellow(String(problem.pointer ?? ''))}`);
    for (const text of wrap(String(problem.message ?? ''), width - 8)) line(`      ${text}`);
    for (const patch of items(problem.suggestion)) {
      line(`      ${pc.green('fix')}  ${clip(JSON.stringify(patch), width - 11)}`);
    }
  }
  for (const [index, text] of wrap(answer.hint, width - 10).entries()) {
    line(`    ${index === 0 ? pc.cyan('next') : '    '} ${text}`);
  }
}
