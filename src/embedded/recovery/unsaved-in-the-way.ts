import { WwiseFlowError } from '../../core/errors.ts';

/** Edits in memory that applying earlier work would lose. */
export function unsavedInTheWay(projectPath: string): WwiseFlowError {
  return new WwiseFlowError(
    'CONFIRMATION_REQUIRED',
    `Not applied: ${projectPath} has unsaved edits in memory, which reading it again would lose.`,
    {
      hint: 'Save them with project_save, or give them up with project_reload and discardUnsaved; then apply again.',
      details: { filePath: projectPath },
    },
  );
}
