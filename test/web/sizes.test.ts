import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { beforeAll, describe, expect, it } from 'vitest';
import { tempDir } from '../harness/temp-dir.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

describe('the built page', () => {
  const dir = tempDir('sizes');
  let names: readonly string[] = [];
  const packed = (file: string): number => gzipSync(readFileSync(join(dir, file))).length;
  beforeAll(async () => {
    const configFile = join(root, 'web/vite.config.ts');
    await build({ configFile, logLevel: 'error', build: { outDir: dir, emptyOutDir: true } });
    names = readdirSync(join(dir, 'page'));
  });

  it('is no more than 350 kB to begin with, gzip', () => {
    const html = readFileSync(join(dir, 'index.html'), 'utf8');
    const first = [...html.matchAll(/(?:src|href)="\.\/(page\/[^"]+)"/g)].map(([, file = '']) => file);
    expect(first.some((file) => file.endsWith('.js'))).toBe(true);
    const fonts = names.filter((name) => name.endsWith('.woff2')).map((name) => `page/${name}`);
    const bytes = [...first, ...fonts, 'index.html'].reduce((sum, file) => sum + packed(file), 0);
    expect(bytes).toBeLessThanOrEqual(350 * 1024);
  });

  it('loads the expression editor, the waveform and the layout when they are first used', () => {
    for (const lazy of ['expression-editor', 'sources', 'layout', 'layout-worker'])
      expect(names.some((name) => name.startsWith(`${lazy}-`) && name.endsWith('.js'))).toBe(true);
  });

  it('has no script in its HTML, and names no other place', () => {
    const html = readFileSync(join(dir, 'index.html'), 'utf8');
    expect(html).not.toMatch(/<script(?![^>]*src=)|https?:|style=/);
  });
});
