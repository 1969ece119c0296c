import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type MadeProject,
  makeScenesProject,
  pageScenes,
  sceneWindow,
  smallPicture,
} from '../../scripts/page-scenes.ts';
import { isLong } from '../harness/amount.ts';
import { type BrowserRoom, browserNote, chromiumPath, openBrowserRoom } from '../harness/browser-room.ts';
import { tempDir } from '../harness/temp-dir.ts';

/** Of all pixels, so many may be another colour: times, ids and the edges of letters are. */
const mostDiffering = 0.08;

describe.skipIf(chromiumPath === undefined || !isLong)(
  `the main views look as in their pictures${browserNote}`,
  () => {
    const dir = tempDir('pictures');
    let shown: BrowserRoom;
    let judge: Page;
    let made: MadeProject;
    beforeAll(async () => {
      shown = await openBrowserRoom(dir);
      made = await makeScenesProject(
        async (request, body) => (await shown.room.ask(request, body)).data,
        dir,
      );
      judge = await shown.browser.newPage();
    });
    afterAll(() => shown.close());

    it.each(pageScenes.map((scene) => [scene.name, scene] as const))('%s', async (name, scene) => {
      const page = await shown.open(scene.address(made), {
        ...{ ...sceneWindow, deviceScaleFactor: 1.5, colorScheme: scene.colours },
      });
      await scene.act(page, made);
      await page.waitForTimeout(600);
      const now = await smallPicture(page, 1.5);
      const kept = readFileSync(fileURLToPath(new URL(`pictures/${name}.webp`, import.meta.url)));
      const differing = await judge.evaluate<number>(
        `(${shareOfOthers})('data:image/webp;base64,${now.toString('base64')}', 'data:image/webp;base64,${kept.toString('base64')}')`,
      );
      // `npm run picture:page` takes them anew; look at them before you commit them.
      expect(differing).toBeLessThan(mostDiffering);
      await page.close();
    });

    it('and a view is not taken for another', async () => {
      const [home, runs] = ['home', 'runs'].map((name) =>
        readFileSync(fileURLToPath(new URL(`pictures/${name}.webp`, import.meta.url))).toString('base64'),
      );
      const differing = await judge.evaluate<number>(
        `(${shareOfOthers})('data:image/webp;base64,${home}', 'data:image/webp;base64,${runs}')`,
      );
      expect(differing).toBeGreaterThan(mostDiffering);
    });
  },
);

/** In the browser, which reads both: the share of pixels whose colours are clearly others; 1 where the sizes are. */
const shareOfOthers = `async (one, other) => {
  const pixelsOf = async (source) => {
    const image = new Image();
    image.src = source;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.width;
    canvas.height = image.height;
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    return context.getImageData(0, 0, image.width, image.height);
  };
  const [a, b] = [await pixelsOf(one), await pixelsOf(other)];
  if (a.width !== b.width || a.height !== b.height) return 1;
  let others = 0;
  for (let at = 0; at < a.data.length; at += 4) {
    const distance = Math.abs(a.data[at] - b.data[at]) + Math.abs(a.data[at + 1] - b.data[at + 1]) + Math.abs(a.data[at + 2] - b.data[at + 2]);
    if (distance > 90) others++;
  }
  return others / (a.data.length / 4);
}`;
