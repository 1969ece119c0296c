import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isLong } from '../harness/amount.ts';
import { type BrowserRoom, browserNote, chromiumPath, openBrowserRoom } from '../harness/browser-room.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { writeTone } from '../harness/wave.ts';
import { drawing } from './drawing.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Axe is given to the page as a script of its own; what is grave is said with the elements. */
const graveViolations = `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
  violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.slice(0, 5).map(({ html, failureSummary }) => id + ': ' + html.slice(0, 160) + ' ' + failureSummary.slice(0, 200))))`;

/** Whether something is wider than the window. */
const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';

describe.skipIf(chromiumPath === undefined || !isLong)(`every view of the page${browserNote}`, () => {
  const dir = tempDir('everyone');
  let shown: BrowserRoom;
  let executionId = '';
  let soundId = '';
  beforeAll(async () => {
    const wav = join(dir, 'boom.wav');
    writeTone(wav);
    shown = await openBrowserRoom(dir);
    const input = { name: 'Boom', eventName: 'Play_Boom', wavPath: wav };
    const run = await shown.room.ask('POST /workflows/sound-with-event/execute', { input });
    executionId = String(run.data.executionId);
    const found = await shown.room.ask('POST /wwise/get_object', { objectId: 'Sound:Boom' });
    soundId = String(found.data.id);
  });
  afterAll(async () => {
    await shown.close();
    expect(shown.problems).toEqual([]);
  });

  const views: readonly (readonly [name: string, address: () => string, ready: string])[] = [
    ['home', () => '', '.cards a'],
    ['the editor', () => '#/flow/sound-with-event', '.react-flow__node'],
    ['a loop', () => '#/flow/footsteps-by-surface', '.react-flow__node'],
    ['runs', () => '#/runs', '.run-list a'],
    ['a run', () => `#/runs/${executionId}`, '.timeline button'],
    ['the project', () => '#/project', '.tree-row'],
    ['an object', () => `#/project/${encodeURIComponent(soundId)}`, '.waveform rect'],
    ['health', () => '#/health', '.clean-rules'],
    ['the audit', () => '#/audit', '.audit li'],
  ];

  const check = async (page: Page): Promise<void> => {
    await page.evaluate(axe);
    expect(await page.evaluate<readonly string[]>(graveViolations)).toEqual([]);
  };

  it.each(views)(
    '%s has nothing that keeps somebody out, in dark and in light',
    async (_, address, ready) => {
      for (const colorScheme of ['dark', 'light'] as const) {
        const page = await shown.open(address(), { colorScheme, bypassCSP: true });
        await page.locator(ready).first().waitFor();
        await check(page);
        await page.close();
      }
    },
  );

  it.each(views)('%s fits a small window and a phone', async (_, address, ready) => {
    for (const viewport of [
      { width: 1280, height: 720 },
      { width: 390, height: 844 },
    ]) {
      const page = await shown.open(address(), { viewport });
      await page.locator(ready).first().waitFor({ state: 'attached' });
      expect([viewport.width, await page.evaluate<number>(overflow)]).toEqual([viewport.width, 0]);
      await page.close();
    }
  });

  it('dialogs and forms keep nobody out either', async () => {
    const page = await shown.open('#/flow/sound-with-event', { bypassCSP: true });
    const { card } = drawing(page);
    await card('audio').click();
    await page.locator('.step-form .field').first().waitFor();
    await check(page);
    await page.getByRole('button', { name: 'Write an expression for filePath' }).click();
    await page.locator('.code-host .cm-content').waitFor();
    await check(page);
    await page.locator('dialog').getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('tab', { name: 'Plan' }).click();
    await check(page);
    await page.getByRole('tab', { name: 'JSON' }).click();
    await check(page);
    await page.locator('.toolbar').getByRole('button', { name: 'Run', exact: true }).click();
    await page.locator('dialog').waitFor();
    await check(page);
    await page.keyboard.press('Escape');
    await page.close();
    const loop = await shown.open('#/flow/footsteps-by-surface', { bypassCSP: true });
    await loop.getByRole('button', { name: 'Open 2 steps of each' }).click();
    await loop.getByText('Inside “each”').waitFor();
    await check(loop);
    await loop.getByRole('tab', { name: 'Plan' }).click();
    await check(loop);
    await loop.keyboard.press('Escape');
    await loop.keyboard.press('Control+A');
    await loop.getByRole('tab', { name: 'Steps' }).click();
    await loop.getByRole('heading', { name: /steps selected/ }).waitFor();
    await check(loop);
    await loop.getByRole('button', { name: 'Keys' }).click();
    await loop.locator('dialog').waitFor();
    await check(loop);
    await loop.close();
  });

  it('nor do a preview, two runs side by side, a run that failed, and what is announced', async () => {
    const options = { bypassCSP: true };
    const preview = await shown.open('#/flow/sound-with-event', options);
    await preview.getByRole('button', { name: 'Preview' }).click();
    const given = ['Crack', 'Play_Crack', join(dir, 'boom.wav'), '-3'];
    for (const [index, value] of given.entries())
      await preview.locator('dialog input').nth(index).fill(value);
    await preview.locator('dialog footer button.primary').click();
    await preview.locator('.verdict').waitFor();
    await check(preview);
    await preview.close();

    const nodes = [{ id: 'sound', type: 'createSound', data: { name: 'X', parentPath: '\\Containers\\No' } }];
    const failed = await shown.room.ask('POST /workflows/execute', {
      workflow: { workflowId: 'fails', nodes },
    });
    const id = String(Object(failed.json.details).executionId);
    const run = await shown.open(`#/runs/${id}`, options);
    await run.locator('.run-error').first().waitFor();
    await check(run);
    await run.close();

    const runs = await shown.open('#/runs', options);
    for (const index of [0, 1]) await runs.locator('.run-list input[type="checkbox"]').nth(index).check();
    await runs.getByRole('button', { name: 'Compare two' }).click();
    await runs.locator('table.compare tbody tr').first().waitFor();
    await check(runs);
    await runs.close();

    const lost = await shown.open('#/flow/not-there', options);
    await lost.locator('.notice').waitFor();
    await check(lost);
    await lost.close();
  });
});
