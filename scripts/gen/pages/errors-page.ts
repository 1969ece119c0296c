import { type ErrorCode, errorCodes } from '../../../src/core/errors.ts';
import { advice } from '../error-advice.ts';

/** The page that says of every error code when it comes and what to do about it. */
export function generateErrorsPage(): string {
  return [
    '# Troubleshooting by error code',
    '',
    'Every failed answer has a `code`, an `error` that says what happened, a `hint` that says what to do in this very case, and `details`. This page says the same in general. `wwiseflow doctor` says what is reachable and configured; add the options your client starts the server with.',
    '',
    ...groups.flatMap(([title, codes]) => [`## ${title}`, '', ...codes.flatMap(sectionOf)]),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n');
}

function sectionOf(code: ErrorCode): string[] {
  const { means, retryable } = errorCodes[code];
  const again = retryable ? ' The same request may succeed later.' : '';
  return [`### ${code}`, '', `${means}${again}`, '', ...advice[code].map((line) => `- ${line}`), ''];
}

const groups: readonly (readonly [title: string, codes: readonly ErrorCode[]])[] = [
  [
    'Wwise and the connection',
    ['WAAPI_UNAVAILABLE', 'WAAPI_LOCKED', 'WAAPI_TIMEOUT', 'WAAPI_ERROR', 'OUTCOME_UNKNOWN', 'WRONG_PROJECT'],
  ],
  [
    'Files',
    [
      'FILE_NOT_FOUND',
      'FILE_UNREADABLE',
      'PROJECT_UNREADABLE_FILES',
      'PATH_NOT_ALLOWED',
      'FILE_CONFLICT',
      'FILE_READ_ONLY',
      'IMPORT_FAILED',
      'STATE_NOT_WRITTEN',
      'STATE_NEWER',
      'STATE_UNAVAILABLE',
      'LANE_LOST',
    ],
  ],
  [
    'Objects',
    [
      'OBJECT_NOT_FOUND',
      'AMBIGUOUS_OBJECT',
      'NAME_CONFLICT',
      'CREATE_FAILED',
      'UNKNOWN_PROPERTY',
      'INVALID_QUERY',
      'QUERY_TOO_LARGE',
    ],
  ],
  [
    'Data',
    [
      'DATABASE_NOT_FOUND',
      'DATABASE_UNAVAILABLE',
      'TABLE_NOT_FOUND',
      'COLUMN_NOT_FOUND',
      'TABLE_UNREADABLE',
      'PACKAGE_MISSING',
    ],
  ],
  [
    'Requests',
    [
      'INVALID_INPUT',
      'UNKNOWN_COMMAND',
      'READ_ONLY',
      'NOT_IN_PROFILE',
      'CONFIRMATION_REQUIRED',
      'CANCELLED',
      'INTERNAL',
    ],
  ],
  ['HTTP', ['NOT_FOUND', 'NOT_AUTHENTICATED', 'NOT_PERMITTED', 'PAYLOAD_TOO_LARGE', 'RATE_LIMITED']],
  [
    'Services and programs outside',
    [
      'SERVICE_UNREACHABLE',
      'SERVICE_CONNECTION_LOST',
      'SERVICE_FAILED',
      'SERVICE_REFUSED',
      'SERVICE_NOT_AUTHENTICATED',
      'SERVICE_QUOTA_EXCEEDED',
      'SERVICE_NOT_FOUND',
      'ANSWER_INCOMPLETE',
      'ANSWER_UNREADABLE',
      'ANSWER_TOO_LARGE',
      'ADDRESS_NOT_ALLOWED',
      'PRESET_NOT_FOUND',
      'PROGRAM_NOT_ALLOWED',
      'PROGRAM_NOT_FOUND',
      'PROGRAM_FAILED',
    ],
  ],
  [
    'Workflows and runs',
    [
      'WORKFLOW_INVALID',
      'CYCLE',
      'MISSING_INPUT',
      'AMBIGUOUS_INPUT',
      'UNRESOLVED_REFERENCE',
      'MOCK_MISSING',
      'POLICY_VIOLATED',
      'SCHEMA_INVALID',
      'SCHEMA_MISMATCH',
      'TIMEOUT',
      'RUN_ENDED',
      'DECLINED',
      'ALREADY_ANSWERED',
      'RUN_NOT_FOUND',
      'JOURNAL_UNREADABLE',
      'ARTIFACT_NOT_FOUND',
      'WORKFLOW_NOT_FOUND',
      'PREVIEW_NOT_FOUND',
      'PREVIEW_FAILED',
      'PROJECT_CHANGED',
    ],
  ],
];
