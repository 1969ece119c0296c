import { watch, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { platform } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { systemNews } from '../../../../src/embedded/project/disk/system-news.ts';
import { tempDir } from '../../../harness/temp-dir.ts';

// Elsewhere the system itself takes its time to report a change.
describe.skipIf(platform() !== 'linux')('the news of the system', () => {
  const dir = tempDir('news');

  it.each<[string, (file: string) => Promise<unknown>]>([
    ['one after the other', async () => {}],
    ['after a timer', () => delay(1)],
    ['after a read', (file) => readFile(file)],
    ['after other immediates', () => new Promise((resolve) => setImmediate(resolve))],
  ])('report every change that was made before they were asked for: %s', async (_, before) => {
    const file = join(dir, 'watched.wwu');
    writeFileSync(file, '');
    let heard = 0;
    const watcher = watch(dir, { persistent: false }, () => {
      heard++;
    });
    for (let round = 0; round < 200; round++) {
      await before(file);
      await systemNews();
      heard = 0;
      writeFileSync(file, `${round}`);
      await systemNews();
      expect(heard).toBeGreaterThan(0);
    }
    watcher.close();
  });
});
