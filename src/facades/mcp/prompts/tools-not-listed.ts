import { type ToolEntry, toolIndex } from '../tools/tool-index.gen.ts';

/**
 * What to call for the tools that a text names and this server does not list: a client can call only what is listed. Empty
 * where it lists them all.
 */
export function toolsNotListed(text: string, listedNames: readonly string[]): string {
  const listed = new Set(listedNames);
  const named = new Set([...text.matchAll(/`([a-z]+(?:_[a-z]+)+)`/g)].map((match) => match[1] ?? ''));
  const ways = new Map<string, string[]>();
  for (const entry of toolIndex) {
    if (!named.has(entry.name) || listed.has(entry.name)) continue;
    const way = wayTo(entry, listed);
    ways.set(way, [...(ways.get(way) ?? []), `\`${entry.name}\``]);
  }
  if (ways.size === 0) return '';
  const lines = [...ways].map(([way, names]) => `- ${names.join(', ')}: ${way}`);
  return `\n\nThis server does not list all of these tools. Instead of:\n\n${lines.join('\n')}`;
}

function wayTo({ name, toolset, profile, commands = [] }: ToolEntry, listed: ReadonlySet<string>): string {
  const merged = toolIndex.find((one) => one.commands?.includes(name) === true && listed.has(one.name));
  if (merged !== undefined) return `call \`${merged.name}\`, which does it too.`;
  const parts = commands.filter((one) => listed.has(one)).map((one) => `\`${one}\``);
  if (parts.length > 0) return `call ${parts.join(' or ')}, by what is to be done.`;
  const restart = `only after a restart with \`--toolsets default,${toolset}\`; go on without, and say so.`;
  const runs = listed.has('workflow_run');
  const instead = runs ? throughRuns[name] : undefined;
  if (instead !== undefined) return instead;
  const resource = asResource[name];
  if (resource !== undefined)
    return `read the resource ${resource}, where you can read resources; otherwise ${restart}`;
  if (toolset === 'workflow') return restart;
  if (!runs) return profile === 'reader' ? restart : 'not possible here: this server only reads.';
  return (
    'run it as a node of that type: `workflow_run` with ' +
    '`{"workflow": {"nodes": [{"id": "a", "type": "NAME", "data": {INPUTS}}], "edges": []}}`. ' +
    'Several that only read can be nodes of one workflow; `workflow_node_types` with `types` says their inputs.'
  );
}

/** What `workflow_run` does as well. */
const throughRuns: Readonly<Record<string, string>> = {
  workflow_apply: 'call `workflow_run` with the `previewId` alone.',
  workflow_from_template:
    'call `workflow_run` with the name of the template as `workflowId`, with its `input`, and with `mode: "preview"` first. ' +
    'What a template cannot take as input is a second workflow.',
};

/** What a resource says as well. */
const asResource: Readonly<Record<string, string>> = {
  workflow_get: '`wwiseflow://workflows/ID`',
  workflow_explain: '`wwiseflow://workflows/ID/explanation`, if it has an id',
  audit_query: '`wwiseflow://audit`, or `wwiseflow://runs/ID/audit` of a run',
};
