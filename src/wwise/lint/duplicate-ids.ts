import type { Check } from './rules.ts';

/** Objects that have the GUID of another one, as merges and copied files leave them: only one of the two is found by it. */
export const duplicateIds: Check = async (_rules, context) => {
  const duplicates = (await context.projectFiles.duplicates()) ?? [];
  return duplicates.map(({ id, type, name, filePath, first, below }) => {
    const more = below === 0 ? '' : `, as ${below} below it have those of others`;
    return {
      object: { id, name: first.name, type: first.type, path: first.path },
      message: `The ${type} "${name}" in ${filePath} has its GUID too${more}: of the two only the one in ${first.filePath} is found.`,
    };
  });
};
