import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BrowserRoom, browserNote, chromiumPath, openBrowserRoom } from '../harness/browser-room.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { drawing, field, runDrawing } from './drawing.ts';

const home = '\\Containers\\Default Work Unit';

describe.skipIf(chromiumPath === undefined)(`a loop on the page${browserNote}`, () => {
  const dir = tempDir('loops');
  let shown: BrowserRoom;
  beforeAll(async () => {
    shown = await openBrowserRoom(dir);
  });
  afterAll(async () => {
    await shown.close();
    expect(shown.problems).toEqual([]);
  });

  it('is opened, its steps are drawn, and each item is looked at when it has run', async () => {
    const page = await shown.open('#/flow/new');
    const { drop, fill, card, stand } = drawing(page);
    await drop('for_each', 60, 60);
    await fill('items', '["Grass", "Stone"]');
    await card('each').getByRole('button', { name: 'Add steps to each' }).click();
    await page.getByText('Inside “each”').waitFor();
    await drop('create_sound', 80, 120);
    await fill('name', '{{ item }}');
    // What is wrong inside stands on the step inside, and on the loop around it.
    await card('sound').locator('.card-problem').waitFor();
    await page.getByRole('button', { name: 'Back', exact: true }).click();
    await card('each').locator('.card-problem').waitFor();
    await card('each').dblclick();
    await card('sound').click();
    await fill('parentPath', home);
    await card('sound').locator('.card-problem').waitFor({ state: 'detached' });

    await runDrawing(page);
    await stand('done', 'sound');
    expect(await card('sound').locator('.card-state').textContent()).toContain('2 of 2');
    const objects = await shown.room.ask('POST /wwise/query_waql', { query: '$ from type Sound' });
    expect(objects.text).toContain('Grass');
    expect(objects.text).toContain('Stone');

    await page.getByLabel('Item of the loop').selectOption({ value: '1' });
    await page.locator('.node-run', { hasText: 'each[1].sound' }).waitFor();
    const input = page.locator('.node-run details', { hasText: 'Input' }).first();
    await input.getByText('Stone').waitFor();
    await page.getByRole('button', { name: 'Back', exact: true }).click();
    expect(await card('each').locator('.held').textContent()).toContain('2 of 2');
    await page.close();
  });

  it('keeps its steps one history with the rest, by keyboard', async () => {
    const page = await shown.open('#/flow/new');
    const { card } = drawing(page);
    const { keyboard } = page;
    const add = async (words: string, id: string): Promise<void> => {
      await keyboard.press('/');
      await keyboard.press('Control+A');
      await keyboard.type(words);
      await keyboard.press('Enter');
      await card(id).waitFor();
      await page.locator('#palette-search').blur();
    };
    await page.locator('.palette-item').first().waitFor();
    await add('for_each', 'each');
    await keyboard.press('o');
    await page.getByText('Inside “each”').waitFor();
    await add('create_sound', 'sound');
    await keyboard.press('Escape');
    await keyboard.press('Escape');
    await card('each').locator('.held', { hasText: 'sound' }).waitFor();
    // Undo goes back to where the change was made.
    await keyboard.press('Control+Z');
    await page.getByText('Inside “each”').waitFor();
    await card('sound').waitFor({ state: 'detached' });
    await keyboard.press('Control+Shift+Z');
    await card('sound').waitFor();
    await keyboard.press('Control+Z');
    await keyboard.press('Control+Z');
    await card('each').waitFor({ state: 'detached' });
    await page.close();
  });

  it('is put around steps that are selected, with what they read from around it', async () => {
    const page = await shown.open('#/flow/new');
    const { card, drop, fill, stand, wire } = drawing(page);
    const { keyboard } = page;
    await drop('create_container', 40, 80);
    await field(page, 'kind').selectOption('random');
    await fill('name', 'Steps');
    await fill('parentPath', home);
    await drop('create_sound', 330, 80);
    await fill('name', 'Step_{{ index }}');
    await wire('container', 'objectId', 'sound', 'parentPath');
    await drop('set_property', 330, 300);
    await fill('property', 'Volume');
    await fill('value', '-3');
    await wire('sound', 'objectId', 'property', 'objectId');
    await card('sound').click();
    await keyboard.down('Shift');
    await card('property').click();
    await keyboard.up('Shift');
    await page.getByRole('heading', { name: '2 steps selected' }).waitFor();
    await page.getByRole('button', { name: 'Put into a loop' }).click();
    await card('each').locator('.held', { hasText: 'sound' }).waitFor();
    await card('each').locator('.held', { hasText: 'property' }).waitFor();
    expect(await page.locator('.react-flow__node').count()).toBe(2);
    // The loop is selected, and wants its list.
    await fill('items', '["a", "b"]');
    await runDrawing(page);
    await stand('done', 'container', 'each');
    const made = await shown.room.ask('POST /wwise/query_waql', { query: '$ from type Sound' });
    expect(made.text).toContain('Step_0');
    expect(made.text).toContain('Step_1');

    // One step of the history; what lies between two steps has to come with them.
    await page.locator('.toolbar').getByRole('button', { name: 'Undo' }).click();
    await page.locator('.toolbar').getByRole('button', { name: 'Undo' }).click();
    await card('property').waitFor();
    await card('container').click();
    await keyboard.down('Shift');
    await card('property').click();
    await keyboard.up('Shift');
    await page.getByRole('tab', { name: 'Steps' }).click();
    await page.getByRole('heading', { name: '2 steps selected' }).waitFor();
    await keyboard.press('l');
    await page.getByText('“sound” lies between them: select it as well.').waitFor();
    expect(await page.locator('.react-flow__node').count()).toBe(3);
    await page.close();
  });
});
