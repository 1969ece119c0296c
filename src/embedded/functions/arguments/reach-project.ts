import { isAbsolute, normalize } from 'node:path';
import { WwiseFlowError } from '../../../core/errors.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';

/** The path of a project as a call names it. Throws unless it is absolute: a client does not know the server's directory. */
export function projectPath(path: string): string {
  if (isAbsolute(path)) return normalize(path);
  throw waapiErrors.invalidArguments(`"${path}" is not an absolute path.`, { argumentName: 'path', path });
}

/** Runs what opens or creates a project; what goes wrong with its files becomes ak.wwise.file_error. */
export async function reachProject(filePath: string, work: () => void | Promise<void>): Promise<void> {
  try {
    await work();
  } catch (problem) {
    if (problem instanceof WwiseFlowError) {
      const reason = problem.hint === '' ? problem.message : `${problem.message} ${problem.hint}`;
      throw waapiErrors.fileError(reason, { files: [filePath] });
    }
    if (problem instanceof Error && 'code' in problem)
      throw waapiErrors.fileError(`"${filePath}" cannot be used: ${problem.message}.`, { files: [filePath] });
    throw problem;
  }
}
