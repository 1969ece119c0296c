import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BrowserRoom, browserNote, chromiumPath, openBrowserRoom } from '../harness/browser-room.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { drawing } from './drawing.ts';

const home = '\\Containers\\Default Work Unit';

describe.skipIf(chromiumPath === undefined)(`what is understood on the page${browserNote}`, () => {
  const dir = tempDir('understand');
  let shown: BrowserRoom;
  beforeAll(async () => {
    shown = await openBrowserRoom(dir, ['--allow-program', execPath]);
  });
  afterAll(async () => {
    await shown.close();
    expect(shown.problems).toEqual([]);
  });

  it('the plan has the steps inside of loops and of workflows of the library, and leads to what is drawn', async () => {
    const page = await shown.open('#/flow/footsteps-by-surface');
    await page.getByRole('tab', { name: 'Plan' }).click();
    const inside = page.getByRole('region', { name: 'Inside each' });
    expect(await inside.textContent()).toMatch(/2 steps for each item/);
    await inside.getByRole('button').first().click();
    await page.getByRole('navigation', { name: 'Where the drawing is' }).getByText('each').waitFor();
    expect(await page.locator('.react-flow__node.selected').count()).toBe(1);
    // The order is on the cards of the part that is drawn.
    expect(await page.locator('.card-mark').allTextContents()).toEqual(['1', '2']);
    await page.close();

    const other = await shown.open('#/flow/new');
    const { card, drop, fill } = drawing(other);
    await drop('workflow:random-variations', 60, 60);
    await card('random-variations').locator('.card-problem').waitFor();
    await fill('input', '{"name": "Swing", "files": []}');
    await card('random-variations').locator('.card-problem').waitFor({ state: 'detached' });
    await other.getByRole('tab', { name: 'Plan' }).click();
    const held = other.getByRole('region', { name: 'Inside random-variations' });
    expect(await held.textContent()).toMatch(/steps once.*container.*takes/);
    // Those steps are drawn where that workflow is.
    expect(await held.getByRole('button').count()).toBe(0);
    await other.close();
  });

  it('how far a program is stands on its step while it goes on', async () => {
    const marker = join(dir, 'go-on');
    const script =
      'console.log("done 40%"); setInterval(() => require("fs").existsSync(process.argv[1]) && process.exit(0), 20)';
    const args = ['-e', script, { write: marker }];
    const data = { program: execPath, args, progress: 'done ' };
    const begun = await shown.room.ask('POST /workflows/execute', {
      workflow: { workflowId: 'takes-long', nodes: [{ id: 'render', type: 'exec', data }] },
      waitMs: 0,
    });
    const page = await shown.open(`#/runs/${String(begun.data.executionId)}`);
    const { card, stand } = drawing(page);
    await card('render').locator('.step-progress', { hasText: 'done 40%' }).waitFor();
    expect(await card('render').locator('progress').getAttribute('value')).toBe('40');
    await card('render').click();
    await page.locator('.node-progress', { hasText: 'done 40%' }).waitFor();
    writeFileSync(marker, '');
    await stand('done', 'render');
    expect(await page.locator('.step-progress').count()).toBe(0);
    expect(existsSync(marker)).toBe(true);
    rmSync(marker);
    await page.close();
  });

  it('runs are found by workflow, state and who began them, and two are compared step by step', async () => {
    const workflow = (name: string, parentPath: string) => ({
      workflowId: 'makes-a-sound',
      nodes: [
        { id: 'sound', type: 'createSound', data: { name, parentPath } },
        { id: 'said', type: 'say', data: { text: 'Made $from:sound:$output:name' } },
      ],
    });
    const run = async (name: string, parentPath = home): Promise<void> => {
      await shown.room.ask('POST /workflows/execute', { workflow: workflow(name, parentPath) });
    };
    await run('First');
    await run('Second');
    await run('Third', '\\Containers\\Nowhere');
    const page = await shown.open('#/runs');
    const rows = page.locator('.run-list a');
    await page.getByLabel('Id of a workflow').fill('makes-a-sound');
    await expect.poll(() => rows.count(), { timeout: 60_000 }).toBe(3);
    await page.getByLabel('State').selectOption('failed');
    await expect.poll(() => rows.count(), { timeout: 60_000 }).toBe(1);
    await page.getByLabel('State').selectOption('');
    await page.getByLabel('Begun by').selectOption('cli');
    await page.getByText('No run is of that kind.').waitFor();
    await page.getByLabel('Begun by').selectOption('');
    await expect.poll(() => rows.count(), { timeout: 60_000 }).toBe(3);

    const compare = page.getByRole('button', { name: 'Compare two' });
    expect(await compare.isDisabled()).toBe(true);
    const boxes = page.locator('.run-list input[type="checkbox"]');
    await boxes.nth(0).check();
    await boxes.nth(1).check();
    await compare.click();
    const table = page.locator('table.compare');
    await table.locator('tbody tr').nth(1).waitFor();
    // The second run on the left, the third on the right: what became of the step differs, and why is said.
    expect(await table.locator('tr.differs').count()).toBe(2);
    expect(await table.locator('tbody tr').first().textContent()).toMatch(/done.*Second.*failed.*Nowhere/);
    await page.keyboard.press('Escape');
    await table.waitFor({ state: 'detached' });
    await page.close();
  });

  it('a run that another begins is announced, and the announcement leads to it', async () => {
    const page = await shown.open('#/project');
    await page.locator('.tree-row').first().waitFor();
    const nodes = [{ id: 'said', type: 'say', data: { text: 'Hello' } }];
    const message = {
      ...{ jsonrpc: '2.0', id: 1, method: 'tools/call' },
      params: { name: 'workflow_run', arguments: { workflow: { workflowId: 'from-afar', nodes } } },
    };
    // A run is announced that was not there when the page was opened.
    await page.waitForResponse((answer) => answer.url().includes('/executions?'));
    await shown.room.ask('POST /mcp', message, { accept: 'application/json, text/event-stream' });
    const notice = page.locator('.notice', { hasText: 'An agent runs “from-afar”.' });
    await notice.waitFor();
    await notice.getByRole('button', { name: 'Watch' }).click();
    await page.locator('.run-panel').waitFor();
    await drawing(page).stand('done', 'said');
    await page.close();
  });
});
