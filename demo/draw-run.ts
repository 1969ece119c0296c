import pc from 'picocolors';
import { items, members, type OnStep } from './agent.ts';
import { clip, line, note, width } from './screen.ts';

/**
 * Draws each progress notification as it arrives. The answer may overtake the last ones: `finish` draws the nodes that
 * only the answer told about.
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
    const took = Number(row.durationMs ?? 0)
      .toFixed(1)
      .padStart(6);
    const shown = gist(members(row.data), memo);
    line(
      `  ${mark} ${String(row.node).padEnd(9)}${pc.dim(String(row.type).padEnd(16))}${colour(memo.padEnd(7))}${took}  ${clip(shown, width - 46)}`,
    );
  }
  const took = Number(run.durationMs ?? 0).toFixed(0);
  note(`${String(run.executionId)}: ${String(run.waapiCalls)} WAAPI calls, ${took} ms.`);
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
