import { fileKey, type Setting } from '../../../src/config/setting.ts';
import type { ToolSource } from '../../../src/facades/mcp/tools/tool-face.ts';

/** The README with its generated part renewed: what stands between `<!-- links -->` and `<!-- /links -->`. Throws without them. */
export function generateReadme(readme: string, links: string): string {
  const [start, end] = ['<!-- links -->', '<!-- /links -->'];
  const from = readme.indexOf(start);
  const to = readme.indexOf(end);
  if (from < 0 || to < from) throw new Error(`README.md has no ${start} ... ${end}.`);
  return `${readme.slice(0, from + start.length)}\n${links}\n${readme.slice(to)}`;
}

/** Every command in a line. */
export function generateCommandsPage(tools: readonly ToolSource[]): string {
  const rows = tools.map((tool) => {
    const [first = ''] = tool.description.split(/(?<=\.)\s/);
    const effect = `${tool.effect}${tool.memo === undefined ? '' : ', each time'}`;
    return `| [\`${tool.name}\`](${tool.toolset}.md#${tool.name}) | ${tool.toolset} | ${effect} | ${cell(first)} |`;
  });
  return page(
    '# Every command in a line',
    '',
    'Every command is an MCP tool and a workflow node type (`create_sound` is also `createSound`). `forceRerun: true` does one again whatever the memo holds; one that says _each time_ is never answered by the memo, and its page says why. [By toolset](README.md), with inputs, outputs and examples.',
    '',
    '| command | toolset | effect | what it does |',
    '|---|---|---|---|',
    ...rows,
  );
}

/** Every setting that all subcommands share. */
export function generateOptionsPage(settings: readonly Setting[]): string {
  const rows = settings.map((setting) => {
    const key = fileKey(setting);
    const shown = [
      `\`${cell(setting.flag)}\``,
      `\`${setting.env}\``,
      key === null ? '' : `\`${key}\``,
      cell(sentence(setting.description)),
      cell(setting.otherwise),
    ];
    return `| ${shown.join(' | ')} |`;
  });
  return page(
    '# Options',
    '',
    'Every subcommand takes these, on the command line, in the environment or in a file: see [Configuration](guides/configuration.md). The command line wins over the environment, the environment over the file. `wwiseflow doctor` says what holds and where it was said.',
    '',
    '| option | environment | configuration file | meaning | default |',
    '|---|---|---|---|---|',
    ...rows,
  );
}

function page(...lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
