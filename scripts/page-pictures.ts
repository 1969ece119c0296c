// Takes docs/pictures/page-*.webp, the pictures of the page, and the small ones of test/web/pictures: `npm run picture:page`, where Chromium is. Everything on them was
// done on a fresh project.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { createApp } from '../src/app.ts';
import { readConfig } from '../src/config/config.ts';
import { asJsonObject } from '../src/core/json.ts';
import { silentLog } from '../src/core/log.ts';
import { createProject } from '../src/embedded/project/new-project/new-project.ts';
import { startServing } from '../src/serve-http.ts';
import { type AskServer, makeScenesProject, pageScenes, sceneWindow, smallPicture } from './page-scenes.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const packageDir = root;
mkdirSync(join(root, 'test/web/pictures'), { recursive: true });
const version = '0.0.0';

const dir = mkdtempSync(join(tmpdir(), 'wwiseflow-pictures-'));
const projectPath = join(dir, 'Game', 'Game.wproj');
createProject(projectPath);
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

const ask: AskServer = async (request, body) => {
  const [method = 'POST', path = ''] = request.split(' ');
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${server.url}${path}`, { method, headers, body: JSON.stringify(body) });
  return asJsonObject(asJsonObject(await answer.json()).data);
};
const made = await makeScenesProject(ask, dir);

for (const scene of pageScenes) {
  const page = await browser.newPage({ ...sceneWindow, deviceScaleFactor: 1.5, colorScheme: scene.colours });
  await page.goto(`${server.url}/${scene.address(made)}`);
  await scene.act(page, made);
  await page.waitForTimeout(600);
  if (scene.isShown === true) {
    const session = await page.context().newCDPSession(page);
    const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 82 });
    writeFileSync(join(root, 'docs/pictures', `page-${scene.name}.webp`), Buffer.from(data, 'base64'));
  }
  // A small one that a test compares the view with.
  writeFileSync(join(root, 'test/web/pictures', `${scene.name}.webp`), await smallPicture(page, 1.5));
  await page.close();
}

await browser.close();
await server.close();
await app.close();
rmSync(dir, { recursive: true, force: true });
