import { rootFolders } from '../types/types.gen.ts';

/**
 * Names of the top folders changed in 2025.1 (`\Actor-Mixer Hierarchy` became `\Containers`, ...), and music moved into one
 * of them. Wwise 2025.1 accepts
 * the old ones; this engine accepts both on every project, so that a script runs on projects of any year.
 */
export function aliasRootName(name: string): string | undefined {
  return aliases.get(name.toLowerCase());
}

/** Music has no top folder of its own since 2025.1: it lies among the sounds. */
const musicFolder = { nameUpTo2024: 'Interactive Music Hierarchy', name2025: 'Containers' };

const aliases = new Map<string, string>([
  [musicFolder.nameUpTo2024.toLowerCase(), musicFolder.name2025],
  ...rootFolders.flatMap(({ nameUpTo2024, name2025 }): [string, string][] =>
    nameUpTo2024 === null || name2025 === null || nameUpTo2024 === name2025
      ? []
      : [
          [nameUpTo2024.toLowerCase(), name2025],
          [name2025.toLowerCase(), nameUpTo2024],
        ],
  ),
]);

/** What Wwise calls the main bus of a new project: up to 2024.1 the one, since 2025.1 the other. Users may rename it. */
export function isMainBusName(name: string): boolean {
  return mainBusNames.has(name.toLowerCase());
}

const mainBusNames: ReadonlySet<string> = new Set(['master audio bus', 'main audio bus']);
