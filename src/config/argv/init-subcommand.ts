import { type Command, Option } from 'commander';
import { asJsonObject, asString } from '../../core/json.ts';
import type { Choose } from './subcommand.ts';

/** `init`: gives a client of MCP the entry that starts this program. */
export function addInit(program: Command, choose: Choose): void {
  program
    .command('init')
    .description(
      'let your agent’s client start wwiseflow: finds your project (or takes --project, --wwise and the other options below), writes the entry and keeps a copy of what was there',
    )
    .argument('<client>', 'claude-code, claude-desktop, cline, codex, cursor, gemini, vscode or windsurf')
    .option('--print', 'show the entry and write nothing')
    .option('--remove', 'remove the entry')
    .option('--name <name>', 'what the server is called in the client', 'wwiseflow')
    .addOption(
      new Option('--scope <scope>', 'for all you do with the client, or for this folder').choices([
        'user',
        'project',
      ]),
    )
    .action((client: string, given: unknown) => {
      const { print, remove, name, scope } = asJsonObject(given);
      choose({
        kind: 'init',
        client,
        print: print === true,
        remove: remove === true,
        name: asString(name) ?? 'wwiseflow',
        scope: scope === 'user' || scope === 'project' ? scope : undefined,
        options: [],
        namesTarget: false,
      });
    });
}
