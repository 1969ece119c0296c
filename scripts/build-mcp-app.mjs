// Builds the MCP App, the picture of a run that hosts show in a conversation, as one HTML file: `node scripts/build-mcp-app.mjs FILE`.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Everything is in the file: a host lets it ask nobody. Gives the files that went into it. */
export async function buildMcpApp(file) {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['web/src/mcp-app/main.ts'],
    outdir: 'app',
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    write: false,
    metafile: true,
    legalComments: 'none',
    logLevel: 'warning',
  });
  const text = (end) => outputFiles.find(({ path }) => path.endsWith(end))?.text ?? '';
  // Nothing in the script ends the element it stands in.
  const script = text('.js').replaceAll('</script', '<\\/script');
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>WwiseFlow</title><style>${text('.css')}</style></head><body><main id="root"></main><script>${script}</script></body></html>\n`;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, html);
  return Object.keys(metafile.inputs);
}

const [, script, file] = argv;
if (script === fileURLToPath(import.meta.url) && file !== undefined) await buildMcpApp(file);
