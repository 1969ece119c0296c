import type { DuplicateObject, ProjectFilesView } from '../../backend/project-files.ts';
import { WwiseFlowError } from '../../errors.ts';

/**
 * For an OBJECT_NOT_FOUND of a path at which something stands that has the GUID of another object, one that says so: by path
 * and GUID only the other is found, and what is created there would be the second of its name. Any other as it was.
 */
export async function orTwice(error: WwiseFlowError, files: ProjectFilesView): Promise<WwiseFlowError> {
  const wanted = error.details?.object;
  if (error.code !== 'OBJECT_NOT_FOUND' || typeof wanted !== 'string' || !wanted.startsWith('\\'))
    return error;
  try {
    const second = (await files.duplicates())?.find(({ path }) => isAtOrBelow(wanted, path));
    return second === undefined ? error : namingSecond(error, second);
  } catch {
    // The error stands without it.
    return error;
  }
}

function isAtOrBelow(wanted: string, path: string): boolean {
  return `${wanted}\\`.toLowerCase().startsWith(`${path}\\`.toLowerCase());
}

function namingSecond(error: WwiseFlowError, { type, name, path, id, filePath, first }: DuplicateObject) {
  return new WwiseFlowError(
    error.code,
    `${error.message} The ${type} "${name}" in ${filePath} has the GUID of "${first.path}", and only that one is found.`,
    {
      hint: `Give it a GUID of its own: project_repair with action newIds and files ["${filePath}"]. Until then query_waql reads it: \`$ from type ${type} where filePath = "${filePath}"\`. Create nothing at its path.`,
      details: { ...error.details, standsTwice: { id, type, name, path, filePath, first: { ...first } } },
      cause: error,
    },
  );
}
