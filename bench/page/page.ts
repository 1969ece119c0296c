import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { chromiumPath } from '../../test/harness/browser-room.ts';
import { type HttpRoom, openHttpRoom } from '../../test/harness/http-room.ts';
import { keepSection } from '../keep-section.ts';
import { barePage } from './bare-page.ts';
import { heapBytes, panFrames, quantile, timeToDraw } from './measure-frames.ts';

const count = 1_000;
const items = 5_000;
const rounds = 3;
const mostRatio = 1.3;

/** How quickly the page shows workflows, beside React Flow's bare nodes in the same browser: figures, goals, verdicts. */
export async function benchPage(print: (line: string) => void): Promise<void> {
  if (chromiumPath === undefined) return print('No Chromium is installed: the page is not measured.');
  const dir = mkdtempSync(join(tmpdir(), 'wwiseflow-bench-page-'));
  const pageDir = join(dir, 'web');
  const configFile = new URL('../../web/vite.config.ts', import.meta.url).pathname;
  await build({ configFile, logLevel: 'error', build: { outDir: pageDir, emptyOutDir: true } });
  const room = await openHttpRoom(dir, [], pageDir);
  const browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] });
  try {
    await room.ask('PUT /workflows/many', { workflow: manySteps() });
    const open = async (address: string): Promise<Page> => {
      const page = await browser.newPage({ viewport: { width: 1280, height: 720 }, reducedMotion: 'reduce' });
      await page.goto(`${room.url}/${address}`);
      return page;
    };
    const first = await firstGraph(open);
    const drawn = await besideBare(open, () => browser.newPage({ viewport: { width: 1280, height: 720 } }));
    const memory = await manyEvents(room, open);
    const rows = [
      row('first graph of a page that is opened anew', `${first.toFixed(0)} ms`, '1,000 ms', first <= 1_000),
      ...drawn.map(({ what, ours, bare, ratio }) =>
        row(
          `${what}, ${count.toLocaleString('en')} steps (bare: ${bare.toFixed(0)} ms)`,
          `${ours.toFixed(0)} ms, ${ratio.toFixed(2)} times`,
          `${mostRatio} times`,
          ratio <= mostRatio,
        ),
      ),
      ...memory,
    ];
    const lines = [
      '## The page',
      '',
      `\`npm run bench -- page\`, Chromium without a window, medians of ${rounds} rounds; bare is React Flow's own default node, as many, in the same browser. The machine was shared with others, so the ratios are what counts.`,
      '',
      '| | measured | goal | verdict |',
      '|---|---|---|---|',
      ...rows,
    ];
    for (const line of lines) print(line);
    keepSection('page', lines);
  } finally {
    await browser.close();
    await room.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

function row(what: string, measured: string, goal: string, isMet: boolean): string {
  return `| ${what} | ${measured} | at most ${goal} | ${isMet ? 'met' : '**missed**'} |`;
}

/** In columns, each step behind two of the column before. */
function manySteps() {
  const high = 25;
  const nodes = Array.from({ length: count }, (_, index) => ({
    id: `step${index}`,
    type: 'say',
    data: { text: `Step ${index}` },
    position: { x: Math.floor(index / high) * 300, y: (index % high) * 110 },
  }));
  const edges = nodes.slice(high).flatMap((_, index) => {
    const source = { source: `step${index}`, target: `step${index + high}` };
    return index % high === 0 ? [source] : [source, { ...source, source: `step${index - 1}` }];
  });
  return { workflowId: 'many', name: 'Many', nodes, edges };
}

async function firstGraph(open: (address: string) => Promise<Page>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const page = await open('#/flow/sound-with-event');
    await page.locator('.react-flow__node').first().waitFor();
    times.push(await page.evaluate<number>('performance.now()'));
    await page.close();
  }
  // The first one waits for what the server makes once.
  return median(times.slice(1));
}

async function besideBare(open: (address: string) => Promise<Page>, newPage: () => Promise<Page>) {
  const html = await barePage();
  const { nodes, edges } = manySteps();
  const graph = JSON.stringify({
    nodes: nodes.map(({ id, position }) => ({ id, position, data: { label: id } })),
    edges: edges.map(({ source, target }) => ({ id: `${source}-${target}`, source, target })),
  });
  const ours = { open: [] as number[], p50: [] as number[], p95: [] as number[] };
  const bare = { open: [] as number[], p50: [] as number[], p95: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    const page = await open('#/flow/new');
    await page.locator('.palette-item').first().waitFor();
    ours.open.push(await timeToDraw(page, "location.hash = '#/flow/many'"));
    await page.waitForTimeout(1_500);
    const frames = await panFrames(page);
    ours.p50.push(quantile(frames, 0.5));
    ours.p95.push(quantile(frames, 0.95));
    await page.close();
    const other = await newPage();
    await other.setContent(html);
    bare.open.push(await timeToDraw(other, `draw(${graph})`));
    await other.waitForTimeout(1_500);
    const bareFrames = await panFrames(other);
    bare.p50.push(quantile(bareFrames, 0.5));
    bare.p95.push(quantile(bareFrames, 0.95));
    await other.close();
  }
  const compared = (what: string, key: 'open' | 'p50' | 'p95') => {
    const [own, others] = [median(ours[key]), median(bare[key])];
    return { what, ours: own, bare: others, ratio: own / others };
  };
  return [
    compared('open', 'open'),
    compared('frame while panning, p50', 'p50'),
    compared('frame while panning, p95', 'p95'),
  ];
}

/** A loop of many items is followed from its beginning, and closed; twice, so that what grows is seen. */
async function manyEvents(
  room: HttpRoom,
  open: (address: string) => Promise<Page>,
): Promise<readonly string[]> {
  const loopOf = (length: number) => ({
    workflowId: 'events',
    inputs: { list: { type: 'array', default: Array.from({ length }, (_, index) => index) } },
    nodes: [
      {
        id: 'each',
        type: 'forEach',
        data: {
          items: '$input:list',
          nodes: [{ id: 'said', type: 'say', data: { text: 'Item {{ item }}' } }],
        },
      },
    ],
  });
  const page = await open('#/runs');
  await page.locator('h1').waitFor();
  const [shown, closed]: [number[], number[]] = [[], []];
  let before = 0;
  // The first one is small: what the view of a run loads once is no growth.
  for (const length of [3, items, items]) {
    const begun = await room.ask('POST /workflows/execute', { workflow: loopOf(length), waitMs: 0 });
    await page.evaluate(`location.hash = '#/runs/${begun.data.executionId}'`);
    await page.locator('.run-panel .badge.step-done').first().waitFor({ timeout: 240_000 });
    if (length === items) shown.push(await heapBytes(page));
    await page.evaluate("location.hash = '#/runs'");
    await page.locator('.run-list a').first().waitFor();
    if (length === items) closed.push(await heapBytes(page));
    else before = await heapBytes(page);
  }
  await page.close();
  const [firstShown = 0, secondShown = 0] = shown;
  const left = (closed.at(-1) ?? 0) - before;
  return [
    row(
      `${(2 * items).toLocaleString('en')} events of a run that is followed: what the tab holds, beside an equal run before`,
      `${inMb(secondShown)}, ${(secondShown / firstShown).toFixed(2)} times`,
      '1.1 times',
      secondShown <= 1.1 * firstShown,
    ),
    row('what is left once both are closed', inMb(Math.max(0, left)), '3 MB', left <= 3 * 1024 * 1024),
  ];
}

function inMb(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
