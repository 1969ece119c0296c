import type { Page } from 'playwright-core';

/** Times between frames in milliseconds, the quickest first. */
export type Frames = readonly number[];

/** Drags the drawing to and fro, and gives the times between frames meanwhile. */
export async function panFrames(page: Page): Promise<Frames> {
  const pane = await page.locator('.react-flow__pane').boundingBox();
  if (pane === null) throw new Error('Nothing is drawn.');
  const [x, y] = [pane.x + pane.width / 2, pane.y + pane.height - 30];
  await page.mouse.move(x, y);
  await page.evaluate(`(() => {
    window.frames_ = []; let last = performance.now(); window.going_ = true;
    const tick = (now) => { window.frames_.push(now - last); last = now; if (window.going_) requestAnimationFrame(tick); };
    requestAnimationFrame(tick);
  })()`);
  await page.mouse.down();
  for (let step = 1; step <= 60; step++) await page.mouse.move(x + (step % 30) * 6, y - (step % 20) * 4);
  await page.mouse.up();
  const times = await page.evaluate<number[]>('(window.going_ = false, window.frames_.slice(1))');
  return times.sort((a, b) => a - b);
}

export function quantile(times: Frames, share: number): number {
  return times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
}

/** Milliseconds from what `begin` does in the page until as many nodes are drawn as are to be seen, and painted. */
export async function timeToDraw(page: Page, begin: string): Promise<number> {
  return page.evaluate<number>(`(async () => {
    const from = performance.now();
    ${begin};
    const frame = () => new Promise(requestAnimationFrame);
    while (document.querySelector('.react-flow__node:not([style*="hidden"])') === null) await frame();
    await frame(); await frame();
    return performance.now() - from;
  })()`);
}

/** What the page holds, in bytes, once nothing is left to collect. */
export async function heapBytes(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.enable');
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize;
}
