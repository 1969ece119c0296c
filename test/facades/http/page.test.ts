import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openPageFiles } from '../../../src/facades/http/page/page-files.ts';
import { tempDir } from '../../harness/temp-dir.ts';

describe('the files of the page', () => {
  const dir = tempDir('page-files');
  mkdirSync(join(dir, 'web', 'page'), { recursive: true });
  writeFileSync(join(dir, 'web', 'index.html'), '<!doctype html><title>page</title>');
  writeFileSync(join(dir, 'web', 'page', 'index-abc.js'), 'export {};');
  writeFileSync(join(dir, 'secret.txt'), 'nobody reads this');
  const page = openPageFiles(join(dir, 'web'));

  it('are served by their names, the page itself at /, with a policy that allows nothing from elsewhere', async () => {
    const index = page?.answer('/');
    expect(await index?.text()).toContain('<title>page</title>');
    expect(index?.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const policy = index?.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
  });

  it('are kept by the browser when their name says their content, and asked for again otherwise', () => {
    expect(page?.answer('/page/index-abc.js')?.headers.get('cache-control')).toContain('immutable');
    expect(page?.answer('/')?.headers.get('cache-control')).toBe('no-cache');
  });

  it('are no way to other files', () => {
    for (const path of ['/page/../../secret.txt', '/../secret.txt', '/page/', '/page/none.js', '/secret.txt'])
      expect(page?.answer(path)).toBeUndefined();
  });

  it('are none where the page was not built', () => {
    expect(openPageFiles(join(dir, 'nowhere'))).toBeNull();
  });
});
