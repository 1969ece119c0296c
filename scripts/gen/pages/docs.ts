import type { Revert } from '../../../src/core/backend/revert.ts';
import type { AnyCommand, ExampleStep } from '../../../src/core/command.ts';
import type { Effect } from '../../../src/core/effect.ts';
import { errorCodes } from '../../../src/core/errors.ts';
import type { ToolSource } from '../../../src/facades/mcp/tools/tool-face.ts';
import { jsonSchemaOf } from '../../../src/workflow/nodes/described/node-types.ts';
import type { ToolsetFacts } from '../../../tools/toolsets.ts';
import { exampleProject } from '../example-project.ts';
import { inputRows, outputRows } from '../schema-rows.ts';

const checkedOn = {
  'scripted peer': 'Checked against recorded and documented answers, not on a live Wwise.',
  'stand-in program':
    'Checked with a program that behaves as WwiseConsole is documented to, not with WwiseConsole.',
} as const;

type Documented = ToolSource & Pick<AnyCommand, 'examples' | 'checkedOn' | 'revert'>;

/** What the index needs to know beside the tools. */
export interface DocsFacts {
  readonly toolsets: Readonly<Record<string, ToolsetFacts>>;
  /** Error codes a command may give, beyond those every one may. */
  readonly codesOf: (name: string, toolset: string) => readonly string[];
}

/** A page per toolset and the index, by file name. Made from the definitions alone. */
export function generateDocs(tools: readonly Documented[], facts: DocsFacts): Map<string, string> {
  const names = [...new Set(tools.map(({ toolset }) => toolset))].sort();
  const pages = names.map((toolset): [string, string] => {
    const own = tools.filter((tool) => tool.toolset === toolset);
    return [`docs/${toolset}.md`, pageOf(toolset, own, facts)];
  });
  return new Map([['docs/README.md', indexOf(tools, names, facts)], ...pages]);
}

function indexOf(
  tools: readonly Documented[],
  toolsetNames: readonly string[],
  { toolsets }: DocsFacts,
): string {
  const defaultTools = Object.values(toolsets)
    .flatMap(({ byDefault }) => byDefault)
    .toSorted();
  const rows = toolsetNames.map((toolset) => {
    const own = tools.filter((tool) => tool.toolset === toolset);
    const names = own.map(({ name }) => `[\`${name}\`](${toolset}.md#${name})`);
    return `| [${toolset}](${toolset}.md) | ${toolsets[toolset]?.purpose} | ${names.join(', ')} |`;
  });
  return lines(
    '# Commands',
    '',
    'Guides: [Clients](clients/README.md) · [A Wwise primer](guides/wwise-primer.md) · [Connect to Wwise](guides/live-wwise.md) · [The embedded engine](guides/embedded-engine.md) · [Projects without Wwise, and in CI](guides/ci.md) · [The page](guides/page.md) · [Write a workflow](guides/workflows.md) · [Ask the person](guides/dialogues.md) · [Expressions](guides/expressions.md) · [Functions of expressions](expression-functions.md) · [REST](guides/rest.md) · [Kinds of nodes](node-kinds.md) · [Preview, undo, roll back](guides/safety.md) · [How it works](guides/how-it-works.md) · [The command line](guides/command-line.md) · [From one machine to ten](guides/workers.md) · [Options](options.md) · [Configuration](guides/configuration.md) · [Plug-ins](guides/plugins.md) · [Use it as a library](guides/library.md) · [Torture: what was tried](guides/torture.md) · [Troubleshooting by error code](errors.md) · [Paths](paths.md) · [Every command in a line](commands.md)',
    '',
    `${tools.length} tools in ${toolsetNames.length} toolsets, a page each. Without flags a server offers ${defaultTools.length} of them; \`--toolsets default,events\` adds a toolset, \`--toolsets all\` offers everything. Every command is also a node type of workflows, offered as a tool or not; only a server that was started with toolsets or tools of your choice, without \`default\` among them, holds workflows to these.`,
    '',
    '| toolset | what it is for | commands |',
    '|---|---|---|',
    ...rows,
    '',
    '## Offered by default',
    '',
    defaultTools.map((name) => `\`${name}\``).join(', '),
    '',
    '## Answers',
    '',
    'Every answer is `{ ok, data, error, code }`; what a page says a command gives is `data`. Objects are `{ id, name, type, path }`. Lists come in pages with a `total` and a `cursor` for the next page, which is `null` on the last. Inputs that name an object take a GUID, a path or `Type:Name`.',
    '',
    'Every command may fail with `INVALID_INPUT`, `WAAPI_UNAVAILABLE`, `WAAPI_LOCKED`, `WAAPI_TIMEOUT`, `WAAPI_ERROR` or `CANCELLED`, and one that changes something also with `READ_ONLY`, `WRONG_PROJECT` or `OUTCOME_UNKNOWN`.',
    '',
    '[What to do about each](errors.md).',
    '',
    '| code | meaning | try again? |',
    '|---|---|---|',
    ...Object.entries(errorCodes).map(
      ([code, { means, retryable }]) => `| \`${code}\` | ${means} | ${retryable ? 'yes' : 'no'} |`,
    ),
    '',
    '## The example project',
    '',
    'Every example on these pages is run by a test through the MCP server. It starts from the project that these calls make of an empty one; files lie in `/audio`.',
    '',
    ...codeBlock(exampleProject.map(stepLine)),
  );
}

function pageOf(toolset: string, tools: readonly Documented[], facts: DocsFacts): string {
  return lines(
    `# ${toolset}`,
    '',
    `${facts.toolsets[toolset]?.purpose} Offered with \`--toolsets ${toolset}\`. [All commands](README.md)`,
    '',
    ...tools.flatMap((tool) => section(tool, facts)),
  );
}

function section(tool: Documented, { codesOf, toolsets }: DocsFacts): string[] {
  const { name, title, description, effect, toolset } = tool;
  const inputs = inputRows(jsonSchemaOf(tool, 'input'));
  const outputs = outputRows(jsonSchemaOf(tool, 'output'));
  const codes = codesOf(name, toolset);
  return [
    `## ${name}`,
    '',
    `_${title}_ · ${effects[effect]}${toolsets[toolset]?.byDefault.includes(name) === true ? ' · offered by default' : ''}`,
    '',
    description,
    '',
    ...(tool.memo === undefined ? [] : [`Executed each time it is asked for. ${tool.memo.never}`, '']),
    ...(tool.revert === undefined ? [] : [rolledBack(tool.revert), '']),
    ...(inputs.length === 0
      ? ['It takes no input.', '']
      : ['| input | type | meaning |', '|---|---|---|', ...inputs, '']),
    ...(outputs.length === 0 ? [] : [`Gives ${outputs.join(', ')}.`, '']),
    ...(codes.length === 0 ? [] : [`May fail with ${codes.map((code) => `\`${code}\``).join(', ')}.`, '']),
    ...(tool.examples ?? []).flatMap((example) => [
      `${example.title}:`,
      '',
      ...codeBlock([...(example.before ?? []), [name, example.input] as const].map(stepLine)),
      '',
    ]),
    ...(tool.checkedOn === undefined ? [] : [checkedOn[tool.checkedOn], '']),
  ];
}

function rolledBack(revert: Revert): string {
  if ('never' in revert) return `A rollback after others have changed the project: ${revert.never}`;
  const except = revert.except === undefined ? '' : ` ${revert.except}`;
  return `A rollback after others have changed the project: ${revert.calls}${except}`;
}

const effects: Readonly<Record<Effect, string>> = {
  read: 'changes nothing',
  create: 'creates',
  update: 'changes',
  destroy: 'can delete or overwrite',
  barrier: 'acts at once; in a workflow it waits for earlier changes',
};

function codeBlock(content: readonly string[]): string[] {
  return ['```', ...content, '```'];
}

/** `create_sound {"name": "Door"}`. */
function stepLine([command, input]: ExampleStep): string {
  return `${command} ${JSON.stringify(input)}`;
}

function lines(...all: readonly string[]): string {
  return `${all.join('\n').trimEnd()}\n`;
}
