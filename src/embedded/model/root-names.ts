import { rootFolders } from './types.gen.ts';

/**
 * Names of the top folders changed in 2025.1 (`\Actor-Mixer Hierarchy` became `\Containers`, ...). Wwise 2025.1 accepts
 * the old ones; this engine accepts both on every project, so that a script runs on projects of any year.
 */
export function aliasRootName(name: string): string | undefined {
  return aliases.get(name.toLowerCase());
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
