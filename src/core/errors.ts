import type { JsonObject } from './json.ts';
import { valueWithoutCredentials, withoutCredentials } from './without-credentials.ts';

/**
 * The closed table of error codes. An agent branches on the code, so a code never changes its meaning;
 * `retryable` tells whether the same request can succeed later without anybody changing it.
 */
export const errorCodes = {
  INVALID_INPUT: { retryable: false, means: 'The arguments do not fit the schema or contradict each other.' },
  FILE_NOT_FOUND: { retryable: false, means: 'A file the input names does not exist.' },
  FILE_UNREADABLE: {
    retryable: false,
    means: 'A file exists but is not what it must be, or cannot be read.',
  },
  FILE_CONFLICT: {
    retryable: false,
    means: 'A project file changed on disk since it was read, or a file to write exists.',
  },
  FILE_READ_ONLY: {
    retryable: false,
    means: 'A file of the project, or its folder, may not be written by this user.',
  },
  PATH_NOT_ALLOWED: {
    retryable: false,
    means: 'The path lies outside the allowed directories or the project.',
  },
  OBJECT_NOT_FOUND: { retryable: false, means: 'No Wwise object has this GUID, path or name.' },
  AMBIGUOUS_OBJECT: { retryable: false, means: 'A path fits several Wwise objects; their ids are listed.' },
  NAME_CONFLICT: { retryable: false, means: 'The parent already has a child with this name.' },
  CREATE_FAILED: { retryable: false, means: 'Wwise refused to create the object.' },
  IMPORT_FAILED: { retryable: false, means: 'Wwise did not import the audio file.' },
  UNKNOWN_PROPERTY: { retryable: false, means: 'The object type has no property or reference of this name.' },
  INVALID_QUERY: { retryable: false, means: 'The WAQL text does not parse or names something unknown.' },
  QUERY_TOO_LARGE: { retryable: false, means: 'The query looks at or finds more than one query may.' },
  UNKNOWN_COMMAND: { retryable: false, means: 'No command has this name.' },
  WAAPI_UNAVAILABLE: { retryable: true, means: 'No Wwise answers.' },
  WAAPI_LOCKED: { retryable: true, means: 'Wwise is busy: a dialog is open or a project is loading.' },
  WAAPI_TIMEOUT: { retryable: true, means: 'A reading call got no answer in time.' },
  WAAPI_ERROR: { retryable: false, means: 'Wwise refused the call; its URI and details are kept.' },
  OUTCOME_UNKNOWN: {
    retryable: false,
    means: 'The call was sent but its answer was lost: check before doing it again.',
  },
  WRONG_PROJECT: { retryable: false, means: 'The open project is not the expected one.' },
  READ_ONLY: { retryable: false, means: 'The server was started read-only.' },
  CONFIRMATION_REQUIRED: { retryable: false, means: 'The command waits for a confirmation.' },
  CANCELLED: { retryable: true, means: 'The caller cancelled.' },
  WORKFLOW_INVALID: { retryable: false, means: 'The workflow does not compile; every problem is listed.' },
  CYCLE: { retryable: false, means: 'The workflow graph has a cycle; its path is given.' },
  MISSING_INPUT: { retryable: false, means: 'A required input has no value and nothing upstream gives one.' },
  AMBIGUOUS_INPUT: {
    retryable: false,
    means: 'Several upstream outputs could feed an input; the candidates are listed.',
  },
  UNRESOLVED_REFERENCE: {
    retryable: false,
    means: 'A reference names a node or output that does not exist.',
  },
  RUN_NOT_FOUND: { retryable: false, means: 'No run has this executionId.' },
  WORKFLOW_NOT_FOUND: { retryable: false, means: 'The library has no workflow of this id or version.' },
  PREVIEW_NOT_FOUND: { retryable: false, means: 'No preview has this id, or it has expired.' },
  PREVIEW_FAILED: { retryable: false, means: 'The preview to apply showed that the workflow fails.' },
  PROJECT_UNREADABLE_FILES: {
    retryable: false,
    means: 'Files of the project cannot be read, so nobody knows what refers to what would be deleted.',
  },
  PROJECT_CHANGED: {
    retryable: false,
    means: 'The project, or a file to import, is not what it was when the preview was made.',
  },
  JOURNAL_UNREADABLE: {
    retryable: false,
    means:
      'The journal of a run was written by another version in a form this one does not read, or is damaged.',
  },
  STATE_NEWER: { retryable: false, means: 'The state directory was written by a newer WwiseFlow.' },
  INTERNAL: { retryable: false, means: 'A defect of WwiseFlow itself.' },
} as const satisfies Record<string, { retryable: boolean; means: string }>;

export type ErrorCode = keyof typeof errorCodes;

export interface ErrorOptionsForAgent {
  /** What to do next, as one imperative sentence. */
  readonly hint: string;
  /** Machine-readable context: offending value, candidates, WAAPI URI. */
  readonly details?: JsonObject | undefined;
  readonly cause?: unknown;
}

/**
 * The one error class. `message` says what happened with the offending value, `hint` what to do next.
 * Thrown inside, turned into a result at the bus: it never crosses a facade. Credentials are taken out here, so that no
 * answer, log, audit record or journal that an error gets to has them.
 */
export class WwiseFlowError extends Error {
  readonly code: ErrorCode;
  readonly hint: string;
  readonly details: JsonObject | undefined;
  readonly retryable: boolean;

  constructor(code: ErrorCode, message: string, options: ErrorOptionsForAgent) {
    super(withoutCredentials(message), options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'WwiseFlowError';
    this.code = code;
    this.hint = withoutCredentials(options.hint);
    this.details = valueWithoutCredentials(options.details);
    this.retryable = errorCodes[code].retryable;
  }

  toJSON(): JsonObject {
    const { code, message, hint, details, retryable } = this;
    return { code, error: message, hint, retryable, ...(details === undefined ? {} : { details }) };
  }
}

/** Turns anything thrown into a WwiseFlowError; an unforeseen one becomes INTERNAL and keeps its cause. */
export function toWwiseFlowError(thrown: unknown): WwiseFlowError {
  if (thrown instanceof WwiseFlowError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new WwiseFlowError('INTERNAL', `Unexpected failure: ${message}`, {
    hint: 'Report this with the steps that led to it; nothing else about the request is known to be wrong.',
    cause: thrown,
  });
}
