import { rootFolders } from './types.gen.ts';

/**
 * Names of the top folders changed in 2025.1 (`\Actor-Mixer Hierarchy` became `\Containers`, ...). Wwise 2025.1 accepts
 * the old ones; this engine accepts both on every project, so that a script runs on projects of any year.
 */
export function aliasRootName(name: string): string | undefined {
  return aliases.get(name.toLowerCase());
}

/** Name of the folder with a fixed GUID in a version, or undefined when the version does not have it. */
export function rootName(id: string, year: number): string | undefined {
  const root = rootFolders.find((folder) => folder.id === id);
  return (year >= 2025 ? root?.name2025 : root?.nameUpTo2024) ?? undefined;
}

const aliases = new Map(
  rootFolders.flatMap(({ nameUpTo2024, name2025 }): [string, string][] =>
    nameUpTo2024 === null || name2025 === null || nameUpTo2024 === name2025
      ? []
      : [
          [nameUpTo2024.toLowerCase(), name2025],
          [name2025.toLowerCase(), nameUpTo2024],
        ],
  ),
);
