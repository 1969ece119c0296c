import { readFileSync } from 'node:fs';
import { WwiseFlowError } from '../../core/errors.ts';

/** The JSON of a workflow file. Throws FILE_NOT_FOUND, or WORKFLOW_INVALID for what is not JSON. */
export function readFlow(flowPath: string): unknown {
  let text: string;
  try {
    text = readFileSync(flowPath, 'utf8');
  } catch (cause) {
    throw new WwiseFlowError('FILE_NOT_FOUND', `The workflow file "${flowPath}" cannot be read.`, {
      hint: 'Give the path of a JSON file with nodes and edges.',
      cause,
    });
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new WwiseFlowError('WORKFLOW_INVALID', `"${flowPath}" is not JSON: ${reason}.`, {
      hint: 'Repair the JSON at that position.',
      cause,
    });
  }
}
