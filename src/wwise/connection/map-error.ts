import { type ErrorCode, WwiseFlowError } from '../../core/errors.ts';
import type { WaapiError } from './backend.ts';

/**
 * What Wwise refused, as an error an agent can branch on. The message keeps Wwise's words;
 * details keep `{ uri, procedure, ...details }` exactly as Wwise gave them.
 */
export function mapWaapiError(error: WaapiError, procedure: string): WwiseFlowError {
  const meaning = meanings.find((candidate) => candidate.fits(error)) ?? otherMeaning;
  return new WwiseFlowError(meaning.code, `${procedure}: ${error.message}`, {
    hint: meaning.hint,
    details: { ...error.details, uri: error.uri, procedure },
    cause: error,
  });
}

interface Meaning {
  readonly code: ErrorCode;
  fits(error: WaapiError): boolean;
  readonly hint: string;
}

/** First match wins. Wordings and URIs as real Wwise versions send them. */
const meanings: readonly Meaning[] = [
  {
    code: 'WAAPI_LOCKED',
    fits: ({ uri }) => uri === 'ak.wwise.locked',
    hint: 'Wwise shows a dialog or loads a project: close the dialog or wait, then try again.',
  },
  {
    code: 'OBJECT_NOT_FOUND',
    fits: ({ uri, message }) =>
      uri === 'ak.wwise.query.unknown_object' || /^object not found|^object .* is unknown/i.test(message),
    hint: 'Find the object with query_waql and give its id or full path.',
  },
  {
    code: 'NAME_CONFLICT',
    fits: ({ details }) => details.reason === 'name_in_use',
    hint: 'Use the object that has the name (details.owner), another name (details.candidates has a free one), or onNameConflict rename.',
  },
  {
    code: 'INVALID_INPUT',
    fits: ({ details }) => details.reason === 'invalid_name',
    hint: 'Give another name: details.candidates has the nearest valid one.',
  },
  {
    code: 'NAME_CONFLICT',
    fits: ({ message }) => /already has (a )?child with (the )?same name/i.test(message),
    hint: 'Choose another name, or set onNameConflict to rename, replace or merge.',
  },
  {
    code: 'QUERY_TOO_LARGE',
    fits: ({ uri, details }) => uri === 'ak.wwise.query.invalid_query' && details.tooLarge === true,
    hint: 'Start from the objects or types that matter, add a where or a take, or ask in several queries.',
  },
  {
    code: 'INVALID_QUERY',
    fits: ({ uri }) => uri === 'ak.wwise.query.invalid_query',
    hint: 'Correct what the message names, in the WAQL text or among the values asked for. For example: $ from type Sound where name : "foot".',
  },
  {
    code: 'UNKNOWN_PROPERTY',
    fits: ({ uri, message, details }) =>
      details.typeUri !== 'ak.wwise.schema_validation_failed' &&
      (uri === 'ak.wwise.invalid_property' ||
        uri === 'ak.wwise.invalid_reference' ||
        namesMember.test(message)) &&
      /unknown|not found|invalid (property|reference|list)|does(n't| not) (exist|have)|has no |no such /i.test(
        message,
      ),
    hint: 'Use a name that ak.wwise.core.object.getPropertyAndReferenceNames lists for this type.',
  },
  {
    code: 'FILE_CONFLICT',
    fits: ({ uri, message }) => uri === 'ak.wwise.file_error' && /changed on disk/i.test(message),
    hint: 'Restore the file on disk and try again; or call project_reload, with discardUnsaved where edits are unsaved, and do the edits again.',
  },
  {
    code: 'PATH_NOT_ALLOWED',
    fits: ({ uri, details }) => uri === 'ak.wwise.file_error' && details.reason === 'leads_outside',
    hint: 'Start the server with --allow-dir for the folder to which the link leads, if it is to be written; or put a file or folder of the project in the place of the link.',
  },
  {
    code: 'FILE_READ_ONLY',
    fits: ({ uri, details }) => uri === 'ak.wwise.file_error' && details.reason === 'newer_schema',
    hint: 'Open the project in the Wwise that saved it and start with --wwise, or start with --force-newer to edit it all the same.',
  },
  {
    code: 'FILE_READ_ONLY',
    fits: ({ uri, details }) => uri === 'ak.wwise.file_error' && details.reason === 'read_only',
    hint: 'Check out what details.files names, or give this user the right to write it, then try again. Reading needs neither.',
  },
  {
    code: 'WAAPI_UNAVAILABLE',
    fits: ({ uri }) => uri === 'ak.wwise.connection_failed',
    hint: 'Start Wwise with a project open, then try again.',
  },
  {
    code: 'WAAPI_ERROR',
    fits: ({ uri }) => uri === 'ak.wwise.unavailable',
    hint: 'This Wwise does not offer the function in its present state: open a project, or use the Wwise authoring application.',
  },
];

const namesMember = /\b(property|reference|list)\b/i;

const otherMeaning: Pick<Meaning, 'code' | 'hint'> = {
  code: 'WAAPI_ERROR',
  hint: 'Wwise refused the call: correct what the message names, then try again.',
};
