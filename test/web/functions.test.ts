import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BrowserRoom, browserNote, chromiumPath, openBrowserRoom } from '../harness/browser-room.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { writeTone } from '../harness/wave.ts';
import { drawing, field } from './drawing.ts';

describe.skipIf(chromiumPath === undefined)(`on the page${browserNote}`, () => {
  const dir = tempDir('functions');
  let shown: BrowserRoom;
  beforeAll(async () => {
    shown = await openBrowserRoom(dir);
  });
  afterAll(async () => {
    await shown.close();
    expect(shown.problems).toEqual([]);
  });

  it('what was done is undone and done again, and copies are one step of the history', async () => {
    const page = await shown.open('#/flow/new');
    const { drop, fill, card } = drawing(page);
    const { keyboard } = page;
    await drop('create_sound', 60, 60);
    await fill('name', 'Boom');
    await field(page, 'name').blur();
    await drop('create_event', 340, 60);
    await card('event').waitFor();
    await keyboard.press('Control+Z');
    await card('event').waitFor({ state: 'detached' });
    await keyboard.press('Control+Shift+Z');
    await card('event').waitFor();

    await card('sound').click();
    await keyboard.press('Control+C');
    await page.mouse.move(520, 560);
    await keyboard.press('Control+V');
    await card('sound2').waitFor();
    expect(await field(page, 'name').inputValue()).toBe('Boom');
    await keyboard.press('Control+Z');
    await card('sound2').waitFor({ state: 'detached' });

    await keyboard.press('Control+A');
    await keyboard.press('Control+D');
    await card('event2').waitFor();
    await card('sound2').waitFor();
    await keyboard.press('Control+Z');
    await card('sound2').waitFor({ state: 'detached' });
    expect(await card('event2').count()).toBe(0);
    await page.close();
  });

  it('a workflow is exported as it is drawn, and imported again; what is none is said', async () => {
    const page = await shown.open('#/flow/footsteps');
    const { card } = drawing(page);
    await card('sounds').or(card('import')).or(page.locator('.react-flow__node').first()).first().waitFor();
    const ids = await page
      .locator('.react-flow__node')
      .evaluateAll('all => all.map((one) => one.dataset.id)');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export as JSON' }).click(),
    ]);
    const file = join(dir, 'exported.json');
    await download.saveAs(file);
    const other = await shown.open('#/flow/new');
    await other.getByLabel('File of a workflow').setInputFiles(file);
    await other.locator('.react-flow__node').first().waitFor();
    expect(
      await other.locator('.react-flow__node').evaluateAll('all => all.map((one) => one.dataset.id)'),
    ).toEqual(ids);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ workflowId: 'footsteps' });
    writeFileSync(join(dir, 'none.json'), '{"nodes": []}');
    await other.getByLabel('File of a workflow').setInputFiles(join(dir, 'none.json'));
    await other.getByText('This is no workflow.').waitFor();
    expect(await other.locator('.react-flow__node').count()).toBeGreaterThan(1);
    await page.close();
    await other.close();
  });

  it('a question of a run is answered where the run is shown, and the run goes on', async () => {
    const template = { fields: [{ name: 'name', type: 'text', label: 'Name' }] };
    const nodes = [
      { id: 'ask', type: 'askUser', data: { template } },
      { id: 'said', type: 'say', data: { text: 'It is $from:ask:$output:name' } },
    ];
    const begun = await shown.room.ask('POST /workflows/execute', {
      workflow: { workflowId: 'asks', nodes },
    });
    const page = await shown.open(`#/runs/${String(begun.data.executionId)}`);
    const { stand } = drawing(page);
    await stand('suspended', 'ask');
    // Whoever looks at anything else sees that a run waits.
    await page.locator('.rail-count').waitFor();
    await page.getByRole('form', { name: 'Question of ask' }).getByLabel('Answer').fill('Gust');
    await page.getByRole('button', { name: 'Answer', exact: true }).click();
    await stand('done', 'ask', 'said');
    await page.locator('.messages', { hasText: 'It is Gust' }).waitFor();
    await page.close();
  });

  it('a preview is applied as it was shown, and what it made is repaired after it was copied', async () => {
    const wav = join(dir, 'zap.wav');
    writeTone(wav);
    const page = await shown.open('#/flow/sound-with-event');
    const { stand } = drawing(page);
    await page.getByRole('button', { name: 'Preview' }).click();
    const given = { name: 'Zap', eventName: 'Play_Zap', wavPath: wav };
    for (const [name, value] of Object.entries(given))
      await page
        .locator('dialog .field', { has: page.locator(`label:text-matches("^${name}( needed)?$")`) })
        .locator('input')
        .fill(value);
    await page.locator('dialog footer button.primary').click();
    await page.locator('.change-tree', { hasText: 'Play_Zap' }).waitFor();
    const before = await shown.room.ask('POST /wwise/query_waql', { query: '$ from type Event' });
    expect(before.text).not.toContain('Play_Zap');
    await page.getByRole('button', { name: 'Apply' }).click();
    await stand('done', 'sound', 'audio', 'event');
    const after = await shown.room.ask('POST /wwise/query_waql', { query: '$ from type Event' });
    expect(after.text).toContain('Play_Zap');
    await page.close();

    await shown.room.ask('POST /wwise/project_save', {});
    const events = join(shown.room.projectPath, '..', 'Events');
    copyFileSync(join(events, 'Default Work Unit.wwu'), join(events, 'Copy.wwu'));
    const health = await shown.open('#/health');
    await health.getByRole('button', { name: /GUIDs of their own/ }).click();
    await health.locator('dialog .json').first().waitFor();
    expect(readFileSync(join(events, 'Copy.wwu'))).toEqual(
      readFileSync(join(events, 'Default Work Unit.wwu')),
    );
    await health.getByRole('button', { name: 'Repair', exact: true }).click();
    await health.getByText(/^Repaired \d+ objects?\.$/).waitFor();
    expect(readFileSync(join(events, 'Copy.wwu'))).not.toEqual(
      readFileSync(join(events, 'Default Work Unit.wwu')),
    );
    await health.close();
  });
});
