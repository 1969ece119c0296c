import type { Config } from '../config/config.ts';
import { defaultSet, toolNamesFor } from '../facades/mcp/tools/select-tools.ts';
import type { LoadedPlugin } from '../plugins/loaded-plugin.ts';
import type { BusParts } from '../wwise/create-dispatcher.ts';

/**
 * What a workflow may use: everything, unless the user named toolsets or tools; never what was excluded. Read-only is
 * answered by the bus, with its own code.
 */
export async function chosenCommands(
  { choice }: Config,
  plugins: readonly LoadedPlugin[],
): Promise<Pick<BusParts, 'commands' | 'excluded' | 'merged'>> {
  const { commands } = await import('../../tools/catalog.ts');
  const { mergedTools } = await import('../../tools/merged/catalog.ts');
  const names = namesInWorkflows(choice);
  return {
    commands: [
      ...commands.filter(({ name }) => names.has(name)),
      // Who loads a plug-in wants what it brings.
      ...plugins.flatMap((plugin) => plugin.commands),
    ],
    excluded: commands.filter(({ name }) => !names.has(name)),
    merged: mergedTools,
  };
}

/** The commands that a workflow of this start-up may use. */
export function namesInWorkflows(choice: Config['choice']): ReadonlySet<string> {
  const isOpen = choice.toolsets === null ? choice.tools === null : choice.toolsets.includes(defaultSet);
  const widened = isOpen ? { ...choice, toolsets: ['all'] } : choice;
  return new Set(toolNamesFor(widened, 'admin'));
}
