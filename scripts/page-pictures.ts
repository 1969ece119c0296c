// Takes docs/pictures/page-*.webp, the pictures of the page: `npm run picture:page`, where Chromium is. Everything on them was
// done on a fresh project.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from 'playwright-core';
import { laser } from '../demo/synthesize.ts';
import { createApp } from '../src/app.ts';
import { readConfig } from '../src/config/config.ts';
import { asJsonObject } from '../src/core/json.ts';
import { silentLog } from '../src/core/log.ts';
import { createProject } from '../src/embedded/project/new-project/new-project.ts';
import { startServing } from '../src/serve-http.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const packageDir = root;
const version = '0.0.0';

const dir = mkdtempSync(join(tmpdir(), 'wwiseflow-pictures-'));
const projectPath = join(dir, 'Game', 'Game.wproj');
createProject(projectPath);
const wavs = ['step_01', 'step_02', 'laser_zap'].map((name, index) => {
  const filePath = join(dir, `${name}.wav`);
  writeFileSync(filePath, laser({ seconds: 0.4 + index / 5, fromHz: 1_800 + 300 * index, toHz: 160 }));
  return filePath;
});
const argv = [
  'serve',
  '--port',
  '0',
  '--project',
  projectPath,
  '--state',
  join(dir, 'state'),
  '--allow-dir',
  dir,
];
const config = readConfig({ argv, env: {}, cwd: dir, homeDir: dir, platform: 'linux', version });
if (config.subcommand.kind !== 'serve') throw new Error('These are not the arguments of serve.');
const app = createApp(config, { version, packageDir }, silentLog);
const server = await startServing(app, config.subcommand, config, { version, packageDir }, silentLog);
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });

const run = async (workflowId: string, input: unknown): Promise<void> => {
  const body = JSON.stringify({ input });
  const headers = { 'content-type': 'application/json' };
  await fetch(`${server.url}/workflows/${workflowId}/execute`, { method: 'POST', headers, body });
};

async function open(address: string, colorScheme: 'dark' | 'light'): Promise<Page> {
  const page = await browser.newPage({
    viewport: { width: 1280, height: 800 },
    deviceScaleFactor: 1.5,
    colorScheme,
    locale: 'en-GB',
    reducedMotion: 'reduce',
  });
  await page.goto(`${server.url}/${address}`);
  return page;
}

async function take(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(600);
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 82 });
  writeFileSync(join(root, 'docs/pictures', `page-${name}.webp`), Buffer.from(data, 'base64'));
  await page.close();
}

const files = wavs.slice(0, 2).map((filePath) => ({ filePath }));
await run('footsteps', { name: 'Footsteps', files, eventName: 'Play_Footsteps' });

const editor = await open('#/flow/sound-with-event', 'dark');
await editor.locator('.react-flow__node[data-id="audio"]').click();
await editor.locator('.step-form .field').first().waitFor();
await take(editor, 'editor');

const preview = await open('#/flow/sound-with-event', 'light');
await preview.getByRole('button', { name: 'Preview' }).click();
const given = ['Laser', 'Play_Laser', wavs[2] ?? '', '-3'];
for (const [index, value] of given.entries()) await preview.locator('dialog input').nth(index).fill(value);
await preview.locator('dialog footer button.primary').click();
await preview.locator('.verdict').waitFor();
await take(preview, 'preview');

const running = await open('#/flow/sound-with-event', 'dark');
await running.locator('.toolbar').getByRole('button', { name: 'Run', exact: true }).click();
for (const [index, value] of given.entries()) await running.locator('dialog input').nth(index).fill(value);
await running.locator('dialog footer button.primary').click();
await running.locator('.card.is-done').nth(4).waitFor();
await running.locator('.timeline button').nth(2).click();
await take(running, 'run');

const found = await fetch(`${server.url}/wwise/get_object`, {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ objectId: 'Sound:Laser' }),
});
const sound = asJsonObject(asJsonObject(await found.json()).data);
const project = await open(`#/project/${encodeURIComponent(String(sound.id))}`, 'light');
await project.locator('.waveform rect').first().waitFor();
await project.locator('.properties tbody tr').first().waitFor();
await take(project, 'project');

await browser.close();
await server.close();
await app.close();
rmSync(dir, { recursive: true, force: true });
