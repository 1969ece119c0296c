// Bundles the command, the library and the demo into dist/, and writes the library's types.
// Packages stay external: they are installed as dependencies. What every start needs is copied, with its
// licences, so that a start reads a few files instead of a hundred: clients wait for the first answer.
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const entries = ['src/main.ts', 'src/index.ts', 'demo/demo.ts'].filter((file) =>
  existsSync(join(root, file)),
);
const copied = [
  '@modelcontextprotocol/server',
  'commander',
  'diff',
  'eventemitter3',
  'fastest-levenshtein',
  'is-network-error',
  'p-queue',
  'p-retry',
  'p-timeout',
  'zod',
];
const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const external = Object.keys({ ...dependencies, ...devDependencies }).filter(
  (name) => !copied.includes(name),
);

/** zod speaks fifty languages, which is more text than the program: errors here are in English. */
const onlyEnglish = {
  name: 'only-english',
  setup: ({ onLoad }) =>
    onLoad({ filter: /zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: 'export { default as en } from "./en.js";',
    })),
};

rmSync(join(root, 'dist'), { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: entries.map((file) => ({ in: file, out: file.replace(/^.*\/|\.ts$/g, '') })),
  outdir: 'dist',
  // Chunks lie beside the entries: code finds prompts/ and package.json one directory up, in src/ and in dist/ alike.
  chunkNames: 'chunk-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  external: external.flatMap((name) => [name, `${name}/*`]),
  // commander is CommonJS, and requires node's own modules.
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
  },
  // Names stay, for stack traces.
  minifySyntax: true,
  minifyWhitespace: true,
  plugins: [onlyEnglish],
  sourcemap: true,
  legalComments: 'none',
  logLevel: 'warning',
});
chmodSync(join(root, 'dist/main.js'), 0o755);
const licences = copied.map((name) => `${name}\n\n${licenceOf(name)}`);
writeFileSync(join(root, 'dist/LICENSES.txt'), licences.join('\n\n'));

if (!process.argv.includes('--no-types')) {
  const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
}

function licenceOf(name) {
  const folder = join(root, 'node_modules', name);
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined) throw new Error(`${name} has no licence file to copy.`);
  return readFileSync(join(folder, file), 'utf8');
}
