import { z } from 'zod';
import { windowsNameProblem } from '../../../core/files/windows-name.ts';

/** A field with a folder below the Originals, with backslashes once parsed. Refuses names that Windows cannot hold. */
export function originalsFolderField(description: string): z.ZodOptional<z.ZodString> {
  return z
    .string()
    .trim()
    .regex(/^[^:*?"<>|]*$/, 'must be a relative folder')
    .refine(
      (folder) => !/(^|[\\/])\.\.([\\/]|$)|^[\\/]/.test(folder),
      'must stay inside the Originals folder',
    )
    .refine(
      (folder) => problemIn(folder) === undefined,
      'must be of names that Windows can hold: none that it keeps for itself (CON, NUL), none with a dot or blank at its end',
    )
    .overwrite((folder) => folder.replaceAll('/', '\\'))
    .optional()
    .describe(description);
}

function problemIn(folder: string): string | undefined {
  const names = folder.split(/[\\/]/).filter((name) => name !== '' && name !== '.' && name !== '..');
  return names.map(windowsNameProblem).find((problem) => problem !== undefined);
}
