import type { Config } from '../config/config.ts';
import type { LoadedPlugin } from '../plugins/loaded-plugin.ts';

/** The plug-ins of this start-up. Rejects when one of them cannot be loaded. */
export async function pluginsOf(
  { plugins, startDir }: Pick<Config, 'plugins' | 'startDir'>,
  packageDir: string,
): Promise<readonly LoadedPlugin[]> {
  if (plugins.length === 0) return [];
  const { loadPlugins } = await import('../plugins/load-plugins.ts');
  const { commands } = await import('../../tools/catalog.ts');
  const { mergedTools } = await import('../../tools/merged/catalog.ts');
  const { ownKinds } = await import('../workflow/nodes/catalog.ts');
  const names = [
    ...ownKinds.flatMap(({ type, aliases }) => [type, ...aliases]),
    ...mergedTools.map(({ name }) => name),
  ];
  return loadPlugins(plugins, { startDir, packageDir, commands, kindNames: new Set(names) });
}

/** The version of the program together with its plug-ins: with others, documents may be compiled otherwise. */
export function versionWith(version: string, plugins: readonly LoadedPlugin[]): string {
  return [version, ...plugins.map((one) => `${one.name}@${one.version}@${one.changedAtMs}`)].join(' ');
}
