import pc from 'picocolors';
import { items, members, type OnStep } from './agent.ts';
import { clip, line, note, width } from './screen.ts';

/**
 * Draws each progress notification as it arrives. The answer may overtake the last ones: `finish` draws the nodes that
 * only the answer spoke of.
 */
export function drawSteps(): { onStep: OnStep; finish(run: Readonly<Record<string, unknown>>): void } {
  let drawn = 0;
  function step(done: number, total: number, message: string): void {
    drawn = done;
    const bar = '▰'.repeat(done) + '▱'.repeat(Math.max(0, total - done));
    line(`  ${pc.magenta(bar)}  ${pc.dim(clip(message, width - bar.length - 5))}`);
  }
  return {
    onStep: (done, total, message) => step(done, total ?? done, message),
    finish(run) {
      const rows = items(run.results).map(members);
      for (const row of rows.slice(drawn)) {
        const outcome = row.memo === 'hit' ? 'done before, still holds' : 'done';
        step(drawn + 1, rows.length, `${String(row.node)} ${String(row.type)}: ${outcome}`);
      }
    },
  };
}

const memoColours: Readonly<Record<string, (text: string) => string>> = {
  hit: pc.green,
  miss: pc.yellow,
  stale: pc.red,
  off: pc.dim,
};

/** The run's answer: a row per node with its memo state, time and gist. */
export function drawResults(run: Readonly<Record<string, unknown>>): void {
  line();
  line(
    pc.dim(`    ${'node'.padEnd(9)}${'command'.padEnd(16)}${'memo'.padEnd(7)}${'ms'.padStart(6)}  result`),
  );
  for (const row of items(run.results).map(members)) {
    const mark = row.ok === true ? pc.green('✓') : pc.red('✗');
    const memo = String(row.memo ?? '');
    const colour = memoColours[memo] ?? pc.dim;
    const took = Number(given(row, 'durationMs')).toFixed(1).padStart(6);
    const shown = gist(members(row.data), memo);
    line(
      `  ${mark} ${String(row.node).padEnd(9)}${pc.dim(given(row, 'type').padEnd(16))}${colour(memo.padEnd(7))}${took}  ${clip(shown, width - 46)}`,
    );
  }
  const took = Number(given(run, 'durationMs')).toFixed(0);
  note(`${given(run, 'executionId')}: ${given(run, 'waapiCalls')} WAAPI calls, ${took} ms.`);
}

/** A member of an answer as text. The demo fails where it is not there: nobody looks at its output in CI. */
function given(answer: Readonly<Record<string, unknown>>, member: string): string {
  const value = answer[member];
  if (value === undefined) throw new Error(`The answer of the run has no "${member}".`);
  return String(value);
}

/** What a result comes down to, in a few words. */
function gist(data: Readonly<Record<string, unknown>>, memo: string): string {
  if (Array.isArray(data.savedFiles)) {
    if (data.savedFiles.length === 0) return 'a barrier, always done: nothing to save';
    return `saved ${data.savedFiles.map((file) => String(file).split(/[\\/]/).slice(-2).join('/')).join(', ')}`;
  }
  const again = memo === 'hit' ? 'still there: ' : '';
  if (typeof members(data.bus).path === 'string')
    return `${again}plays through ${String(members(data.bus).name)}`;
  if (data.source !== undefined)
    return `${again}plays ${items(data.files)
      .map((file) => String(file).split(/[\\/]/).at(-1))
      .join(', ')}`;
  return again === '' ? String(data.path ?? '') : `${again}${String(data.name)}`;
}
