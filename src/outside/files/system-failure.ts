import { WwiseFlowError } from '../../core/errors.ts';

/** That the system did not let a file be written. */
export function notWritten(path: string, cause: unknown): WwiseFlowError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new WwiseFlowError('FILE_READ_ONLY', `"${path}" cannot be written: ${reason}.`, {
    hint: 'Give a path in a folder that this user may write, with room on its disk.',
    details: { path },
    cause,
  });
}
