import type { JsonObject } from './json.ts';
import { valueWithoutCredentials, withoutCredentials } from './secrets/without-credentials.ts';

/**
 * The closed table of error codes. An agent branches on the code, so a code never changes its meaning;
 * `retryable` says whether the same request can succeed later without anybody changing it.
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
  NAME_CONFLICT: {
    retryable: false,
    means:
      'The parent already has a child with this name, or the project something of a type whose names are unique.',
  },
  CREATE_FAILED: { retryable: false, means: 'Wwise refused to create the object.' },
  IMPORT_FAILED: { retryable: false, means: 'Wwise did not import the audio file.' },
  UNKNOWN_PROPERTY: { retryable: false, means: 'The object type has no property or reference of this name.' },
  INVALID_QUERY: { retryable: false, means: 'The WAQL text does not parse or names something unknown.' },
  QUERY_TOO_LARGE: { retryable: false, means: 'The query looks at or finds more than one query may.' },
  DATABASE_NOT_FOUND: { retryable: false, means: 'The configuration has no database of this name.' },
  DATABASE_UNAVAILABLE: { retryable: true, means: 'A database does not answer, or its file is not there.' },
  TABLE_NOT_FOUND: { retryable: false, means: 'A database has no table of this name.' },
  COLUMN_NOT_FOUND: { retryable: false, means: 'A table has no column of this name.' },
  TABLE_UNREADABLE: {
    retryable: false,
    means: 'A file holds no table as it was asked for: an open quote, a row of another length, no header.',
  },
  PACKAGE_MISSING: { retryable: false, means: 'An optional package that this needs is not installed.' },
  UNKNOWN_COMMAND: { retryable: false, means: 'No command has this name.' },
  WAAPI_UNAVAILABLE: { retryable: true, blocks: true, losesLink: true, means: 'No Wwise answers.' },
  WAAPI_LOCKED: {
    retryable: true,
    blocks: true,
    means: 'Wwise is busy: a dialog is open or a project is loading.',
  },
  WAAPI_TIMEOUT: { retryable: true, blocks: true, means: 'A reading call got no answer in time.' },
  TIMEOUT: { retryable: true, means: 'A node took longer than its own limit and was stopped.' },
  WAAPI_ERROR: { retryable: false, means: 'Wwise refused the call; its URI and details are kept.' },
  OUTCOME_UNKNOWN: {
    retryable: false,
    losesLink: true,
    means: 'The call was sent but its answer was lost: check before doing it again.',
  },
  WRONG_PROJECT: { retryable: false, means: 'The open project is not the expected one.' },
  READ_ONLY: { retryable: false, means: 'The server was started read-only.' },
  NOT_IN_PROFILE: {
    retryable: false,
    means: 'The profile that the program was started with does not include this call.',
  },
  CONFIRMATION_REQUIRED: { retryable: false, means: 'The command waits for a confirmation.' },
  CANCELLED: { retryable: true, blocks: true, means: 'The caller cancelled.' },
  WORKFLOW_INVALID: { retryable: false, means: 'The workflow does not compile; every problem is listed.' },
  CYCLE: { retryable: false, means: 'The workflow graph has a cycle; its path is given.' },
  MOCK_MISSING: {
    retryable: false,
    means: 'A node that asks a service has nothing to give instead in a demo.',
  },
  MISSING_INPUT: { retryable: false, means: 'A required input has no value and nothing upstream gives one.' },
  AMBIGUOUS_INPUT: {
    retryable: false,
    means: 'Several upstream outputs could feed an input; the candidates are listed.',
  },
  SCHEMA_INVALID: { retryable: false, means: 'A JSON Schema of a workflow does not compile.' },
  SCHEMA_MISMATCH: {
    retryable: false,
    means: 'What flows into a node, or what it gives, does not fit the schema that the node has for it.',
  },
  POLICY_VIOLATED: { retryable: false, means: 'A workflow would do what its policies forbid.' },
  UNRESOLVED_REFERENCE: {
    retryable: false,
    means: 'A reference names a node or output that does not exist.',
  },
  RUN_ENDED: { retryable: false, means: 'A node of the workflow ended the run as failed.' },
  DECLINED: { retryable: false, means: 'Whoever was asked declined to answer.' },
  ALREADY_ANSWERED: { retryable: false, means: 'The question had its answer before this one came.' },
  RUN_NOT_FOUND: { retryable: false, means: 'No run has this executionId.' },
  ARTIFACT_NOT_FOUND: {
    retryable: false,
    means: 'A run has no artifact of this id, or it has expired or was lost.',
  },
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
  NOT_FOUND: { retryable: false, means: 'The server has nothing at this address.' },
  NOT_AUTHENTICATED: {
    retryable: false,
    means: 'The request has no valid token or signature, and needs one.',
  },
  NOT_PERMITTED: {
    retryable: false,
    means: 'The request comes from where none is let in, or its token does not permit it.',
  },
  PAYLOAD_TOO_LARGE: { retryable: false, means: 'What was sent is larger than one request may be.' },
  RATE_LIMITED: {
    retryable: true,
    means: 'Too many requests came in a short time, here or to a service outside (429).',
  },
  SERVICE_UNREACHABLE: {
    retryable: true,
    means: 'No connection to a service outside came about: nothing was sent.',
  },
  SERVICE_CONNECTION_LOST: {
    retryable: true,
    means: 'The connection to a service outside ended before its answer; asking again changes nothing there.',
  },
  SERVICE_FAILED: { retryable: true, means: 'A service outside answered that it failed itself (5xx).' },
  SERVICE_REFUSED: {
    retryable: false,
    means: 'A service outside refused the request as wrong (400 and other 4xx).',
  },
  SERVICE_NOT_AUTHENTICATED: {
    retryable: false,
    means: 'A service outside did not accept the credentials (401, 403).',
  },
  SERVICE_QUOTA_EXCEEDED: {
    retryable: false,
    means: 'A service outside wants to be paid, or its quota is used up (402).',
  },
  SERVICE_NOT_FOUND: {
    retryable: false,
    means: 'A service outside has nothing at this address (404, 410).',
  },
  ANSWER_INCOMPLETE: {
    retryable: true,
    means: 'The answer of a service outside broke off; asking again changes nothing there.',
  },
  ANSWER_UNREADABLE: {
    retryable: false,
    means: 'The answer of a service outside is not what it must be: no JSON, or it does not fit a schema.',
  },
  ANSWER_TOO_LARGE: {
    retryable: false,
    means: 'The answer of a service outside is larger than it may be.',
  },
  ADDRESS_NOT_ALLOWED: {
    retryable: false,
    means: 'A service outside redirects to an address of a private network.',
  },
  PRESET_NOT_FOUND: {
    retryable: false,
    means: 'No preset, operation of a preset or prompt template has this name.',
  },
  PROGRAM_NOT_ALLOWED: { retryable: false, means: 'A program is not on the list of those that may be run.' },
  PROGRAM_NOT_FOUND: { retryable: false, means: 'A program that may be run is not installed here.' },
  PROGRAM_FAILED: { retryable: false, means: 'A program ended with an error.' },
  STATE_NOT_WRITTEN: {
    retryable: true,
    means: 'The state directory could not be written, as on a full disk.',
  },
  STATE_NEWER: { retryable: false, means: 'The state directory was written by a newer WwiseFlow.' },
  STATE_UNAVAILABLE: {
    retryable: true,
    means: 'The database or the queue that machines share does not answer.',
  },
  LANE_LOST: {
    retryable: false,
    means: 'Another worker has taken over the project that this one worked on, so it writes nothing more.',
  },
  INTERNAL: { retryable: false, means: 'A defect of WwiseFlow itself.' },
} as const satisfies Record<string, ErrorRow>;

interface ErrorRow {
  readonly retryable: boolean;
  readonly means: string;
  /** No other call can be made at the moment either. */
  readonly blocks?: true;
  /** The link to the back-end may have broken. */
  readonly losesLink?: true;
}

export type ErrorCode = keyof typeof errorCodes;

const rows: Readonly<Record<ErrorCode, ErrorRow>> = errorCodes;

/** Whether a failure of this code concerns every other call as well, at the moment. */
export function noCallCanBeMade(code: ErrorCode): boolean {
  return rows[code].blocks === true;
}

/** Whether the link to the back-end may have broken when a call failed with this code. */
export function mayLoseLink(code: ErrorCode): boolean {
  return rows[code].losesLink === true;
}

export interface ErrorOptionsForAgent {
  /** What to do next, as one imperative sentence. */
  readonly hint: string;
  /** Machine-readable context: offending value, candidates, the call that was refused. */
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
