import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { type HttpRoom, openHttpRoom } from './http-room.ts';

/** Debian's Chromium, or what CHROMIUM names; undefined where there is none. */
export const chromiumPath: string | undefined = [
  process.env.CHROMIUM ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => path !== '' && existsSync(path));

/** What a suite that needs a browser is called where it is skipped. */
export const browserNote = chromiumPath === undefined ? ' (skipped: no Chromium is installed)' : '';

export interface BrowserRoom {
  readonly room: HttpRoom;
  readonly browser: Browser;
  /** A window of its own at an address of the page, as `#/flow/new`. What breaks in it ends the test by `problems`. */
  open(address?: string, options?: Parameters<Browser['newPage']>[0]): Promise<Page>;
  /** Errors of scripts, and requests to anywhere but the server. */
  readonly problems: readonly string[];
  close(): Promise<void>;
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The page as it is built from the sources, served over a new project, in a browser. */
export async function openBrowserRoom(dir: string, more: readonly string[] = []): Promise<BrowserRoom> {
  const pageDir = join(dir, 'web');
  await build({
    configFile: join(root, 'web/vite.config.ts'),
    logLevel: 'error',
    build: { outDir: pageDir, emptyOutDir: true },
  });
  const room = await openHttpRoom(dir, ['--allow-dir', dir, ...more], pageDir);
  // What the server makes once is made before a test waits for it.
  await room.ask('GET /authoring');
  const browser = await chromium.launch({ executablePath: chromiumPath ?? '', args: ['--no-sandbox'] });
  const problems: string[] = [];
  return {
    ...{ room, browser, problems },
    async open(address = '', options = {}) {
      const page = await browser.newPage({
        ...{
          viewport: { width: 1280, height: 720 },
          colorScheme: 'dark',
          locale: 'en-GB',
          reducedMotion: 'reduce',
        },
        ...options,
      });
      page.setDefaultTimeout(60_000);
      page.on('pageerror', ({ message }) => problems.push(message));
      page.on('request', (request) => {
        const url = request.url();
        if (!url.startsWith(room.url) && !/^(?:blob|data):/.test(url)) problems.push(`asked for ${url}`);
      });
      await page.goto(`${room.url}/${address}`);
      return page;
    },
    async close() {
      await browser.close();
      await room.close();
    },
  };
}
