import { WwiseFlowError } from '../../core/errors.ts';

/** Whether a text is an absolute path of a file rather than the path of an object in Wwise. */
export function looksLikeFilePath(text: string): boolean {
  return /^\s*(?:\/[^/\s]|\/\/[^/\s]|[a-z]:[\\/]|\\\\[^\\]|file:)/i.test(text);
}

/** Throws PATH_NOT_ALLOWED for a name that leads out of the Originals folder it counts from. */
export function checkInsideOriginals(given: string, whole = given): void {
  const name = given.trim();
  const leadsOut = name.includes('\0') || name.split(/[\\/]/).includes('..');
  if (!leadsOut && !/^(?:[\\/]|[a-z]:|file:)/i.test(name)) return;
  throw new WwiseFlowError(
    'PATH_NOT_ALLOWED',
    `"${whole.slice(0, 300)}" leads out of the Originals folder.`,
    {
      hint: 'Give a folder or file below Originals, such as Weapons\\Rifle.',
      details: { path: given.slice(0, 300) },
    },
  );
}
