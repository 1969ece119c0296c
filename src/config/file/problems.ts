import { type ErrorCode, WwiseFlowError } from '../../core/errors.ts';

/** What is wrong at one position of a configuration file. */
export interface ConfigProblem {
  /** JSON pointer (RFC 6901). */
  readonly pointer: string;
  readonly message: string;
  readonly hint: string;
  readonly code?: ErrorCode;
}

/** All problems of a file as one error: the first is the message, all are in `details.problems`. */
export function errorOf(file: string, problems: readonly ConfigProblem[]): WwiseFlowError {
  const [first] = problems;
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  return new WwiseFlowError(
    first?.code ?? 'INVALID_INPUT',
    `"${first?.pointer ?? ''}" in ${file}: ${first?.message ?? ''}${more}`,
    {
      hint: first?.hint ?? '',
      details: {
        file,
        problems: problems.map(({ pointer, message, hint }) => ({ pointer, message, hint })),
      },
    },
  );
}

/** The pointer to a member of what `pointer` names. */
export function memberPointer(pointer: string, name: string | number): string {
  return `${pointer}/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
