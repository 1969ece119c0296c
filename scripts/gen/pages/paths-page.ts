import { toolFiles } from '../../../src/workflow/library/tool-files.ts';
import { nodeFiles } from '../../../src/workflow/nodes/data/node-files.ts';
import { type FileArgument, fileArguments, pathProperties } from '../../../src/wwise/files/file-arguments.ts';
import { commandFiles } from '../../../tools/file_inputs.ts';

/** docs/paths.md: every argument and input that names a file, and where the file may lie. */
export function generatePathsPage(): string {
  const tools = toolFiles.map(({ tool, argument, access }) => ({ command: tool, argument, access }));
  const commands = [...commandFiles, ...tools]
    .sort((a, b) => (a.command < b.command ? -1 : 1))
    .map(({ command, argument, access }) => `| \`${command}\` | \`${argument}\` | ${where[access]} | |`);
  const functions = [...fileArguments]
    .sort((a, b) => (a.uri < b.uri ? -1 : 1))
    .map((row) => `| \`${row.uri}\` | \`${row.argument}\` | ${where[row.access]} | ${notes(row)} |`);
  const kinds = nodeFiles.map(
    ({ kind, argument, access }) =>
      `| [\`${kind}\`](node-kinds.md#${kind}) | \`${argument}\` | ${where[access]} |`,
  );
  return `# Paths

Every path that reaches Wwise or the disk passes one check, whoever makes the call: a command, \`waapi_call\`, a node of a workflow. Links, \`..\`, both separators, \`file:\` URLs, drive letters and shares are resolved first; what passes is sent as the absolute path that was checked. Outside it is \`PATH_NOT_ALLOWED\`, and nothing is sent.

- **read**: in a directory of \`--allow-dir\`, or in the folder of the open project.
- **write**: in a directory of \`--allow-dir\` (by default the current directory and that of \`--project\`). A file that exists is not written over, unless a node is asked to (\`mode\`, \`overwrite\`). Never in a \`.git\`: git executes what lies there. A node and \`workflow_export\` write no \`.wproj\`, no \`.wwu\` and none of the files that WwiseFlow itself keeps.
- **project**: in the folder of the open project, or its Originals.
- **Originals**: a name below the Originals folder.

Relative paths count from the directory the program was started in, unless the table says otherwise. What a file names is checked too, when the call is made. In a preview nothing is written. In a function or a top-level argument that the WAAPI reference (2025.1) does not have, every text that looks like the absolute path of a file must lie in an allowed directory.

| command | input | access | |
|---|---|---|---|
${commands.join('\n')}

| node kind | input | access |
|---|---|---|
${kinds.join('\n')}

| WAAPI function | argument | access | |
|---|---|---|---|
${functions.join('\n')}

\`[]\` is each item of a list, \`*\` each member, \`**\` any depth. Properties that hold paths: ${[...pathProperties].map((name) => `\`${name}\``).join(', ')}.
`;
}

const where: Readonly<Record<FileArgument['access'], string>> = {
  read: 'read',
  write: 'write',
  project: 'project',
  originals: 'Originals',
};

function notes({ countedFrom, names, when, mayExist }: FileArgument): string {
  return [
    when === undefined ? '' : `when it ${when}`,
    countedFrom === undefined
      ? ''
      : `relative to ${countedFrom === 'project' ? "the project's folder" : 'the Originals'}`,
    names === undefined ? '' : `its ${names} are checked too`,
    mayExist === true ? 'may exist' : '',
  ]
    .filter((note) => note !== '')
    .join('; ');
}
