// Bundles the command and the library into dist/, and writes the library's types; the demo goes into demo/dist/, since it
// is no part of the package. All packages but those below are copied, with their licences, so that a start reads a few files
// instead of a hundred: clients wait for the first answer. What is copied is no dependency, so nothing is installed twice.
// The page goes into dist/web.
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { build as buildPage } from 'vite';
import { buildMcpApp } from './build-mcp-app.mjs';
import { gatherChunks } from './gather-chunks.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { dependencies, peerDependenciesMeta } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** Clients of servers that few have: asked for by name where somebody names such a server. zod is in the bundle, and a peer for its types. */
const broughtByUsers = Object.keys(peerDependenciesMeta).filter((name) => name !== 'zod');

/** zod speaks fifty languages, which is more text than the program: errors here are in English. */
const onlyEnglish = {
  name: 'only-english',
  setup: ({ onLoad }) =>
    onLoad({ filter: /zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: 'export { default as en } from "./en.js";',
    })),
};

const common = {
  absWorkingDir: root,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  // Its other form asks for its parts at run time.
  alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
  // These have parts of their own beside them: a compiled library, the threads of the log.
  external: [...Object.keys(dependencies), ...broughtByUsers].flatMap((name) => [name, `${name}/*`]),
  // commander is CommonJS, and requires node's own modules.
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
  },
  // Names stay, for stack traces.
  minifySyntax: true,
  minifyWhitespace: true,
  plugins: [onlyEnglish],
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
};

rmSync(join(root, 'dist'), { recursive: true, force: true });
const { metafile } = await build({
  ...common,
  entryPoints: {
    main: 'src/main.ts',
    index: 'src/index.ts',
    // A thread starts from a file of its own, which lies beside whoever starts it.
    'jsonata-worker': 'src/workflow/nodes/data/jsonata/jsonata-worker.js',
  },
  outdir: 'dist',
  // Chunks lie beside the entries: code finds prompts/ and package.json one directory up, in src/ and in dist/ alike.
  chunkNames: 'chunk-[hash]',
  splitting: true,
});
// What `serveMcp` in src/main.ts loads before it answers.
const mcp = ['server.ts', 'app/mcp-app.ts', 'serve-stdio.ts', 'prompts/prompt-file.ts'];
await gatherChunks(join(root, 'dist'), {
  ...{ metafile, common, program: 'main.js' },
  later: [{ name: 'mcp', files: mcp.map((file) => `src/facades/mcp/${file}`) }],
});
chmodSync(join(root, 'dist/main.js'), 0o755);

/** Of vite: the files that went into the page. */
const pageInputs = [];
const collectInputs = {
  name: 'collect-inputs',
  generateBundle(_, bundle) {
    for (const chunk of Object.values(bundle)) pageInputs.push(...(chunk.moduleIds ?? []));
  },
};
await buildPage({ configFile: join(root, 'web/vite.config.ts'), logLevel: 'warn', plugins: [collectInputs] });
pageInputs.push(...(await buildMcpApp(join(root, 'dist/web/mcp-app.html'))));

const inputs = [...Object.keys(metafile.inputs), ...pageInputs, 'node_modules/@fontsource-variable/inter/'];
writeFileSync(join(root, 'dist/LICENSES.txt'), copiedPackages(inputs).map(licenceOf).join('\n\n'));

if (existsSync(join(root, 'demo/demo.ts'))) {
  rmSync(join(root, 'demo/dist'), { recursive: true, force: true });
  await build({ ...common, entryPoints: ['demo/demo.ts'], outdir: 'demo/dist' });
}

if (!process.argv.includes('--no-types')) {
  const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
}

/** The packages that files of the bundle come from. */
function copiedPackages(inputs) {
  const names = inputs.flatMap((file) => {
    const [, name] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file) ?? [];
    return name === undefined ? [] : [name];
  });
  return [...new Set(names)].sort();
}

function licenceOf(name) {
  const folder = join(root, 'node_modules', name);
  const file = readdirSync(folder).find((entry) => /^(un)?licen[cs]e/i.test(entry));
  if (file === undefined) throw new Error(`${name} has no licence file to copy.`);
  return `${name}\n\n${readFileSync(join(folder, file), 'utf8')}`;
}
