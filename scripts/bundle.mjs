// Makes the .mcpb bundle of what scripts/build.mjs built: one file that Claude Desktop and others install, for every
// platform at once. Validated by the tool of the format's authors, before and after.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const require = createRequire(import.meta.url);
const { name, version, dependencies, engines, type } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
);
/** The machines a bundle is for, as libsql names its compiled library. */
const platforms = ['win32-x64-msvc', 'darwin-arm64', 'darwin-x64', 'linux-x64-gnu'];

const stage = mkdtempSync(join(tmpdir(), 'wwiseflow-mcpb-'));
try {
  for (const file of [
    'dist',
    'prompts',
    'examples',
    'presets',
    'templates',
    'LICENSE',
    'README.md',
    'SECURITY.md',
  ])
    cpSync(join(root, file), join(stage, file), {
      recursive: true,
      filter: (path) => !path.startsWith(join(root, 'dist', 'types')),
    });
  cpSync(join(root, 'mcpb/manifest.json'), join(stage, 'manifest.json'));
  writeFileSync(
    join(stage, 'package.json'),
    JSON.stringify({ name, version, type, engines, dependencies, private: true }, null, 2),
  );
  npm(['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'], stage);
  const { version: libsql } = JSON.parse(
    readFileSync(join(stage, 'node_modules/libsql/package.json'), 'utf8'),
  );
  rmSync(join(stage, 'node_modules/@libsql'), { recursive: true, force: true });
  for (const platform of platforms) compiledLibrary(platform, libsql);
  mcpb(['validate', join(stage, 'manifest.json')]);
  const out = join(root, 'mcpb/dist', `${name}-${version}.mcpb`);
  mkdirSync(dirname(out), { recursive: true });
  rmSync(out, { force: true });
  mcpb(['pack', stage, out]);
  mcpb(['info', out]);
  process.stdout.write(`${out}\n`);
} finally {
  rmSync(stage, { recursive: true, force: true });
}

/** npm installs that of the machine it runs on only. */
function compiledLibrary(platform, libsql) {
  const folder = join(stage, 'node_modules/@libsql', platform);
  mkdirSync(folder, { recursive: true });
  const [packed] = JSON.parse(npm(['pack', `@libsql/${platform}@${libsql}`, '--json', '--silent'], folder));
  execFileSync('tar', ['-xzf', packed.filename, '--strip-components=1'], { cwd: folder });
  rmSync(join(folder, packed.filename));
}

function npm(args, cwd) {
  // npm is a script on Windows, which only its shell starts.
  return execFileSync('npm', args, { cwd, encoding: 'utf8', shell: process.platform === 'win32' });
}

function mcpb(args) {
  const home = dirname(require.resolve('@anthropic-ai/mcpb'));
  execFileSync(process.execPath, [join(home, 'cli/cli.js'), ...args], { stdio: 'inherit' });
}
