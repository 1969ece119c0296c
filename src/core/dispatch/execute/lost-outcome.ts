import { noCallCanBeMade, WwiseFlowError } from '../../errors.ts';

/**
 * What is said where something took effect and nobody knows how much: also where the back-end was lost afterwards, whose own
 * error would have the call made again.
 */
export function lostOutcome(error: WwiseFlowError, happened: string): WwiseFlowError {
  if (error.code === 'OUTCOME_UNKNOWN') return error;
  return new WwiseFlowError('OUTCOME_UNKNOWN', `${happened}: ${error.message}`, {
    hint: 'Look at the objects in the project before doing it again; what a workflow achieved is then found and kept.',
    details: { ...error.details, cause: error.code },
    cause: error,
  });
}

/**
 * The error of a call that changed the project: where no call could be made any more, its outcome is unknown. Whoever cancelled
 * it knows that he did.
 */
export function afterChange(error: WwiseFlowError): WwiseFlowError {
  return noCallCanBeMade(error.code) && error.code !== 'CANCELLED'
    ? lostOutcome(error, 'The project was changed, and what was to follow was not done')
    : error;
}
