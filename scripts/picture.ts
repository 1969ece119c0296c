// Draws docs/pictures/first-sound.svg, the README's picture: what a person asks, what the agent calls, what would change. Everything in it
// but the two sentences comes from a run on a fresh project: `npm run picture` draws it anew.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { laser } from '../demo/synthesize.ts';
import { createApp } from '../src/app.ts';
import { readConfig } from '../src/config/config.ts';
import { asJsonArray, asJsonObject, type JsonObject } from '../src/core/json.ts';
import { silentLog } from '../src/core/log.ts';
import { createProject } from '../src/embedded/project/new-project/new-project.ts';

/** Of the diff: more is no picture. */
const mostLines = 16;
const mostColumns = 96;

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** A piece of text in a colour, and lines of them. */
type Line = readonly (readonly [text: string, colour: string])[];

const colours = {
  person: '#e6edf3',
  agent: '#79c0ff',
  quiet: '#8b949e',
  new: '#7ee787',
  old: '#ffa198',
} as const;

async function play(): Promise<Line[]> {
  const dir = mkdtempSync(join(tmpdir(), 'wwiseflow-picture-'));
  const projectPath = join(dir, 'Game', 'Game.wproj');
  createProject(projectPath);
  const filePath = join(dir, 'laser_zap.wav');
  writeFileSync(filePath, laser({ seconds: 0.35, fromHz: 2400, toHz: 180 }));
  const config = readConfig({
    argv: ['--project', projectPath, '--state', join(dir, 'state'), '--allow-dir', dir],
    env: {},
    cwd: dir,
    homeDir: dir,
    platform: process.platform,
    version: '0.0.0',
  });
  const app = createApp(config, { version: '0.0.0', packageDir: root }, silentLog);
  try {
    const service = await app.openService();
    const document = workflow(filePath);
    const preview = await service.preview({ workflow: document, caller: 'picture' });
    if (!preview.ok) throw new Error(`${preview.error} ${preview.hint}`);
    const { previewId, files } = preview.data;
    const diff = files.flatMap(({ hunks }) => hunks.join('\n')).find((text) => text.includes('<Sound'));
    const applied = await service.apply(previewId, { caller: 'picture', waitMs: 60_000 });
    if (!applied.ok) throw new Error(`${applied.error} ${applied.hint}`);
    return [
      [
        ['you    ', colours.quiet],
        ['Import laser_zap.wav as a Sound at -6 dB and save. Show me first.', colours.person],
      ],
      [],
      [
        ['agent  ', colours.quiet],
        ['workflow_run', colours.agent],
        [`  mode: preview   ${typesOf(document).join(' → ')}`, colours.quiet],
      ],
      [],
      ...changedLines(diff ?? ''),
      [],
      [
        ['you    ', colours.quiet],
        ['Yes.', colours.person],
      ],
      [],
      [
        ['agent  ', colours.quiet],
        ['workflow_apply', colours.agent],
      ],
      [
        ['       ', colours.quiet],
        ...typesOf(document).flatMap(
          (type): Line => [
            ['✓ ', colours.new],
            [`${type}   `, colours.person],
          ],
        ),
      ],
    ];
  } finally {
    await app.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

function workflow(filePath: string): JsonObject {
  return {
    workflowId: 'laser',
    nodes: [
      { id: 'project', type: 'projectInfo' },
      {
        id: 'sound',
        type: 'createSound',
        data: { name: 'Laser_Zap', parentPath: '$from:project:$output:defaultWorkUnits.Containers' },
      },
      { id: 'audio', type: 'audioImport', data: { filePath } },
      { id: 'volume', type: 'setProperty', data: { property: 'Volume', value: -6 } },
      { id: 'save', type: 'projectSave' },
    ],
    edges: [
      { source: 'sound', target: 'audio' },
      { source: 'audio', target: 'volume' },
    ],
  };
}

function typesOf({ nodes }: JsonObject): readonly string[] {
  return asJsonArray(nodes).map((node) => String(asJsonObject(node).type));
}

/** The changed lines of a diff, without what is the same in every project. */
function changedLines(diff: string): Line[] {
  const shown = diff
    .split('\n')
    .filter((line) => /^[+-](?![+-])/.test(line) || line.startsWith('@@'))
    .map((line) => line.replaceAll('\t', '  ').replace(/\{([0-9A-F]{8})-[0-9A-F-]{27}\}/g, '{$1…}'))
    .slice(0, mostLines);
  return shown.map((line): Line => {
    const colour = line.startsWith('+') ? colours.new : line.startsWith('-') ? colours.old : colours.quiet;
    return [[`       ${line.length > mostColumns ? `${line.slice(0, mostColumns)}…` : line}`, colour]];
  });
}

function draw(all: readonly Line[]): string {
  const rowPx = 20;
  const height = all.length * rowPx + 50;
  const rows = all.map((line, index) => {
    const spans = line.map(([text, colour]) => `<tspan fill="${colour}">${escaped(text)}</tspan>`).join('');
    return `  <text x="24" y="${40 + index * rowPx}" xml:space="preserve">${spans}</text>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 960 ${height}" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="14" role="img" aria-label="A person asks for a sound; the agent shows the lines of the project that would change, and applies them.">`,
    `  <rect width="960" height="${height}" rx="12" fill="#0d1117"/>`,
    ...rows,
    '</svg>',
    '',
  ].join('\n');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

writeFileSync(join(root, 'docs/pictures/first-sound.svg'), draw(await play()));
