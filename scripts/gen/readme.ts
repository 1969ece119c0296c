import { fileKey, type Setting } from '../../src/config/setting.ts';
import type { ToolSource } from '../../src/facades/mcp/tool-face.ts';

/**
 * The README with its generated parts renewed: what stands between `<!-- commands -->` and `<!-- /commands -->`, and
 * between `<!-- settings -->` and `<!-- /settings -->`. Throws when a marker is missing.
 */
export function generateReadme(
  readme: string,
  tools: readonly ToolSource[],
  settings: readonly Setting[],
): string {
  return replacePart(
    replacePart(readme, 'commands', commandTable(tools)),
    'settings',
    settingTable(settings),
  );
}

function replacePart(text: string, name: string, content: string): string {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const from = text.indexOf(start);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`README.md has no ${start} ... ${end}.`);
  return `${text.slice(0, from + start.length)}\n${content}\n${text.slice(to)}`;
}

function commandTable(tools: readonly ToolSource[]): string {
  const rows = tools.map((tool) => {
    const [first = ''] = tool.description.split(/(?<=\.)\s/);
    return `| \`${tool.name}\` | ${tool.toolset} | ${tool.effect}${tool.memo === undefined ? '' : ', each time'} | ${cell(first)} |`;
  });
  return ['| command | toolset | effect | what it does |', '|---|---|---|---|', ...rows].join('\n');
}

function settingTable(settings: readonly Setting[]): string {
  const rows = settings.map(
    (setting) =>
      `| \`${cell(setting.flag)}\` | \`${setting.env}\` | ${keyOf(setting)} | ${cell(sentence(setting.description))} | ${cell(setting.otherwise)} |`,
  );
  return [
    '| option | environment | configuration file | meaning | default |',
    '|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

function keyOf(setting: Setting): string {
  const key = fileKey(setting);
  return key === null ? '' : `\`${key}\``;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
