import { existsSync, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import { readRegularFile } from '../../../core/files/regular-file.ts';

/** The files of the built page, as they are served. */
export interface PageFiles {
  /** The answer to a path, `/` being the page itself; undefined where no file of the page lies. */
  answer(path: string): Response | undefined;
}

/** The page that was built into a folder; null where none was, as when the program runs from its sources. Read on first use. */
export function openPageFiles(folder: string): PageFiles | null {
  if (!existsSync(join(folder, 'index.html'))) return null;
  let names: ReadonlySet<string> | undefined;
  const contents = new Map<string, Uint8Array<ArrayBuffer>>();
  const read = (name: string): Uint8Array<ArrayBuffer> => {
    const content = contents.get(name) ?? new Uint8Array(readRegularFile(join(folder, name)));
    contents.set(name, content);
    return content;
  };
  return {
    answer(path) {
      names ??= namesIn(folder);
      const name = path === '/' ? 'index.html' : path.slice(1);
      if (!names.has(name)) return undefined;
      const headers = { ...pageHeaders, 'content-type': types[extname(name)] ?? 'application/octet-stream' };
      // What the build named by its content never changes.
      const cached = name.startsWith(builtFolder) ? 'private, max-age=31536000, immutable' : 'no-cache';
      return new Response(read(name), { headers: { ...headers, 'cache-control': cached } });
    },
  };
}

/** Where the build puts everything but the page itself; no address of REST begins so. */
const builtFolder = 'page/';

/** Only what is listed is served, so no path leads out of the folder. */
function namesIn(folder: string): ReadonlySet<string> {
  const built = existsSync(join(folder, builtFolder)) ? readdirSync(join(folder, builtFolder)) : [];
  return new Set(['index.html', ...built.map((name) => `${builtFolder}${name}`)]);
}

/** The page runs its own scripts only, and asks this server only. */
const pageHeaders = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "media-src 'self' blob:",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
};

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
