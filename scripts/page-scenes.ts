import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { laser } from '../demo/synthesize.ts';

/** What a scene asks of the server before it is opened. */
export type AskServer = (request: string, body: unknown) => Promise<Readonly<Record<string, unknown>>>;

/** A view of the page as pictures show it. */
export interface PageScene {
  readonly name: string;
  readonly colours: 'dark' | 'light';
  /** Stands in the documentation as well. */
  readonly isShown?: true;
  address(made: MadeProject): string;
  /** Brings the view to what is to be seen. */
  act(page: Page, made: MadeProject): Promise<void>;
}

export interface MadeProject {
  readonly wavs: readonly string[];
  readonly soundId: string;
}

/** Puts into a fresh project what the scenes show; audio goes into `dir`. */
export async function makeScenesProject(ask: AskServer, dir: string): Promise<MadeProject> {
  const wavs = ['step_01', 'step_02', 'laser_zap'].map((name, index) => {
    const filePath = join(dir, `${name}.wav`);
    writeFileSync(filePath, laser({ seconds: 0.4 + index / 5, fromHz: 1_800 + 300 * index, toHz: 160 }));
    return filePath;
  });
  const files = wavs.slice(0, 2).map((filePath) => ({ filePath }));
  await ask('POST /workflows/footsteps/execute', {
    input: { name: 'Footsteps', files, eventName: 'Play_Footsteps' },
  });
  const { id } = await ask('POST /wwise/create_sound', {
    name: 'Laser_Old',
    parentPath: '\\Containers\\Default Work Unit',
  });
  await ask('POST /wwise/audio_import', { filePath: wavs[2] ?? '', objectId: id });
  await ask('POST /wwise/project_save', {});
  return { wavs, soundId: String(id) };
}

/** The window that pictures are taken of. */
export const sceneWindow = {
  viewport: { width: 1280, height: 800 },
  locale: 'en-GB',
  reducedMotion: 'reduce',
} as const;

/** A quarter of the window's size: of its letters nothing is left, and of its layout all. */
export async function smallPicture(page: Page, deviceScaleFactor: number): Promise<Buffer> {
  const { width, height } = sceneWindow.viewport;
  const session = await page.context().newCDPSession(page);
  const clip = { x: 0, y: 0, width, height, scale: 0.25 / deviceScaleFactor };
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 70, clip });
  await session.detach();
  return Buffer.from(data, 'base64');
}

const steps = '.react-flow__node';

/** Every main view, in the order in which they are taken. */
export const pageScenes: readonly PageScene[] = [
  {
    ...{ name: 'home', colours: 'light' },
    address: () => '',
    act: async (page) => page.locator('.cards a').first().waitFor(),
  },
  {
    ...{ name: 'editor', colours: 'dark', isShown: true },
    address: () => '#/flow/sound-with-event',
    async act(page) {
      await page.locator(`${steps}[data-id="audio"]`).click();
      await page.locator('.step-form .field').first().waitFor();
    },
  },
  {
    ...{ name: 'loop', colours: 'light' },
    address: () => '#/flow/footsteps-by-surface',
    async act(page) {
      await page.getByRole('button', { name: 'Open 2 steps of each' }).click();
      await page.getByText('Inside “each”').waitFor();
    },
  },
  {
    ...{ name: 'preview', colours: 'light', isShown: true },
    address: () => '#/flow/sound-with-event',
    async act(page, { wavs }) {
      await page.getByRole('button', { name: 'Preview' }).click();
      await giveValues(page, wavs);
      await page.locator('.verdict').waitFor();
    },
  },
  {
    ...{ name: 'run', colours: 'dark', isShown: true },
    address: () => '#/flow/sound-with-event',
    async act(page, { wavs }) {
      await page.locator('.toolbar').getByRole('button', { name: 'Run', exact: true }).click();
      await giveValues(page, wavs);
      await page.locator('.card.is-done').nth(4).waitFor();
      await page.locator('.timeline button').nth(4).click();
      await page.locator('.node-run details').first().waitFor();
    },
  },
  {
    ...{ name: 'runs', colours: 'dark' },
    address: () => '#/runs',
    act: async (page) => page.locator('.run-list a').first().waitFor(),
  },
  {
    ...{ name: 'project', colours: 'light', isShown: true },
    address: ({ soundId }) => `#/project/${encodeURIComponent(soundId)}`,
    async act(page) {
      await page.locator('.waveform rect').first().waitFor();
      await page.locator('.properties tbody tr').first().waitFor();
    },
  },
  {
    ...{ name: 'health', colours: 'dark' },
    address: () => '#/health',
    act: async (page) => page.locator('.clean-rules').waitFor(),
  },
  {
    ...{ name: 'audit', colours: 'light' },
    address: () => '#/audit',
    async act(page) {
      const calls = page.locator('.audit details');
      await calls.first().waitFor();
      await calls.first().locator('summary').first().click();
    },
  },
];

async function giveValues(page: Page, wavs: readonly string[]): Promise<void> {
  const given = ['Laser', 'Play_Laser', wavs[2] ?? '', '-3'];
  for (const [index, value] of given.entries()) await page.locator('dialog input').nth(index).fill(value);
  await page.locator('dialog footer button.primary').click();
}
