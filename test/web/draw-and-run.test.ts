import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BrowserRoom, browserNote, chromiumPath, openBrowserRoom } from '../harness/browser-room.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { writeTone } from '../harness/wave.ts';
import { drawing, runDrawing } from './drawing.ts';

const home = '\\Containers\\Default Work Unit';

describe.skipIf(chromiumPath === undefined)(`a sound designer draws a workflow${browserNote}`, () => {
  const dir = tempDir('draw');
  const wav = join(dir, 'boom.wav');
  let shown: BrowserRoom;
  beforeAll(async () => {
    writeTone(wav);
    shown = await openBrowserRoom(dir);
  });
  afterAll(async () => {
    await shown.close();
    expect(shown.problems).toEqual([]);
  });

  const objects = async (): Promise<string> =>
    (await shown.room.ask('POST /wwise/query_waql', { query: `$ from type Sound, Event` })).text;

  it('by dragging: it turns green, breaks and says why, is mended and resumed, and rolled back', async () => {
    const page = await shown.open('#/flow/new');
    const { drop, wire, fill, card, stand } = drawing(page);
    await drop('create_sound', 30, 60);
    await fill('name', 'Boom');
    await fill('parentPath', home);
    await drop('audio_import', 320, 40);
    await fill('filePath', wav);
    await drop('create_event', 320, 260);
    await fill('name', 'Play_Boom');
    await wire('sound', 'objectId', 'audio', 'objectId');
    await wire('sound', 'objectId', 'event', 'targetPath');
    await wire('sound', 'objectId', 'audio', 'filePath');
    await page.getByText('These two do not fit.').waitFor();
    expect(await page.locator('.notice').last().textContent()).toMatch(
      /“objectId” is a Sound, and “filePath” takes a file/,
    );

    await runDrawing(page);
    await stand('done', 'sound', 'audio', 'event');
    expect(await objects()).toContain('Play_Boom');
    await page.getByRole('button', { name: 'Roll back' }).click();
    await stand('rolledBack', 'sound', 'audio', 'event');
    expect(await objects()).not.toContain('Boom');

    await card('audio').click();
    await page.getByRole('tab', { name: 'Step' }).click();
    await fill('filePath', join(dir, 'lost.wav'));
    await runDrawing(page);
    await stand('failed', 'audio');
    expect(await page.locator('.run-error').first().textContent()).toMatch(/FILE_NOT_FOUND.*lost\.wav/);

    await page.getByRole('tab', { name: 'Step' }).click();
    await fill('filePath', wav);
    await page.getByRole('tab', { name: 'Run' }).click();
    await page.getByRole('button', { name: 'Resume' }).click();
    await stand('done', 'audio', 'event');
    expect(await objects()).toContain('Play_Boom');
    await page.getByRole('button', { name: 'Roll back' }).click();
    await stand('rolledBack', 'sound', 'audio', 'event');
    expect(await objects()).not.toContain('Boom');
    await page.close();
  });

  it('by keyboard alone, to the same end', async () => {
    const page = await shown.open('#/flow/new');
    const { stand, card } = drawing(page);
    const { keyboard } = page;
    await page.locator('.palette-item').first().waitFor();
    const add = async (words: string, id: string): Promise<void> => {
      await keyboard.press('/');
      await keyboard.press('Control+A');
      await keyboard.type(words);
      await keyboard.press('Enter');
      await card(id).waitFor();
      await page.locator('#palette-search').blur();
    };
    const write = async (name: string, value: string): Promise<void> => {
      await tabTo(page, name);
      await keyboard.type(value);
    };
    await add('create_sound', 'sound');
    await write('name', 'Crack');
    await write('parentPath', home);
    await page.locator(':focus').blur();
    await add('create_event', 'event');
    await write('name', 'Play_Crack');
    await keyboard.press('Control+Enter');
    await stand('done', 'sound', 'event');
    expect(await objects()).toContain('Play_Crack');
    // A rollback leaves what an earlier run had done: the next run is to do it all itself.
    await tabTo(page, 'Roll back');
    await keyboard.press('Enter');
    await stand('rolledBack', 'sound', 'event');

    await tabTo(page, 'sound, Create sound');
    await keyboard.press('Enter');
    await tabTo(page, 'tab Run');
    for (const _ of ['Plan', 'Step']) await keyboard.press('ArrowLeft');
    await rewrite(page, 'parentPath', '\\Containers\\Nowhere');
    await keyboard.press('Control+Enter');
    await stand('failed', 'sound');
    expect(await page.locator('.run-error').first().textContent()).toContain('Nowhere');
    await tabTo(page, 'tab Run');
    for (const _ of ['Plan', 'Step']) await keyboard.press('ArrowLeft');
    await rewrite(page, 'parentPath', home);
    await tabTo(page, 'tab Step');
    for (const _ of ['Plan', 'Run']) await keyboard.press('ArrowRight');
    await tabTo(page, 'Resume');
    await keyboard.press('Enter');
    await stand('done', 'sound', 'event');
    expect(await objects()).toContain('Play_Crack');
    await tabTo(page, 'Roll back');
    await keyboard.press('Enter');
    await stand('rolledBack', 'sound', 'event');
    expect(await objects()).not.toContain('Crack');
    await page.close();
  });

  it('and sees at once what an agent runs', async () => {
    const page = await shown.open('#/runs');
    await page.getByText('What agents, the command line and this page run').waitFor();
    const workflow = {
      workflowId: 'by-agent',
      nodes: [{ id: 'made', type: 'createSound', data: { name: 'Agent', parentPath: home } }],
    };
    const message = {
      ...{ jsonrpc: '2.0', id: 1, method: 'tools/call' },
      params: { name: 'workflow_run', arguments: { workflow } },
    };
    const answered = await shown.room.ask('POST /mcp', message, {
      accept: 'application/json, text/event-stream',
    });
    expect(answered.status).toBe(200);
    await page.locator('.run-list', { hasText: 'by-agent' }).waitFor();
    expect(await page.locator('.run-list li').first().textContent()).toContain('agent');
    await page.locator('.run-list a').first().click();
    await drawing(page).stand('done', 'made');
    await page.close();
  });
});

/** Presses Tab until the focus is on what has this name. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let times = 0; times < 400; times++) {
    await page.keyboard.press('Tab');
    const label = await page.evaluate<string>(focusedLabel);
    if (label === name) return;
  }
  throw new Error(`No Tab reaches “${name}”.`);
}

/** Writes something else into a field, and leaves it. */
async function rewrite(page: Page, name: string, value: string): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press('Control+A');
  await page.keyboard.type(value);
}

/** In the browser: what the element with the focus is called. */
const focusedLabel = `(() => {
  const element = document.activeElement;
  const labels = [...(element?.labels ?? [])].map((one) => one.textContent).join(' ');
  const role = element?.getAttribute('role') === 'tab' ? 'tab ' : '';
  return role + (labels || element?.getAttribute('aria-label') || element?.textContent || '').replace(/ needed$/, '').trim();
})()`;
