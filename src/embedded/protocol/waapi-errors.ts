import type { JsonObject } from '../../core/json.ts';
import { WaapiError } from '../../wwise/connection/backend.ts';

/**
 * The errors of the embedded engine, worded as Wwise words them. Where no recording shows the wording or the URI,
 * the choice is made here and nowhere else.
 */
export const waapiErrors = {
  /** Message recorded; the URI is not, so it is our choice. */
  unknownProcedure: (uri: string) =>
    new WaapiError('ak.wwise.invalid_arguments', 'The procedure URI is unknown.', { procedureUri: uri }),
  unknownTopic: (uri: string) =>
    new WaapiError('ak.wwise.invalid_arguments', 'The topic URI is unknown.', { topicUri: uri }),
  unavailable: (uri: string) =>
    new WaapiError('ak.wwise.unavailable', 'Procedure not available for this type of Wwise instance.', {
      procedureUri: uri,
    }),
  noProject: (uri: string) =>
    new WaapiError('ak.wwise.unavailable', 'No project is open.', { procedureUri: uri }),
  needsWindow: (command: string, added: readonly string[]) =>
    new WaapiError(
      'ak.wwise.unavailable',
      `The command "${command}" needs the window of Wwise, which this instance does not have. It knows ${[
        ...['Undo', 'Redo', 'Mute', 'Solo', 'ResetAllMutes', 'ResetAllSolos', ...added],
      ].join(', ')} and FindInProjectExplorerSelectionChannel1 to 4, which select objects.`,
      { command },
    ),
  startsProgram: (command: string, program: string) =>
    new WaapiError(
      'ak.wwise.unavailable',
      `The command "${command}" starts ${program}: the window of Wwise would, this instance starts no programs. Start it yourself.`,
      { command, program },
    ),
  locked: (message: string) => new WaapiError('ak.wwise.locked', message),
  noMediaAnalysis: (message: string) => new WaapiError('ak.wwise.unavailable', message),
  noSourceControl: (message: string) => new WaapiError('ak.wwise.unavailable', message),
  /** A member the schema does not have, a member of a wrong type, a missing member. */
  schemaViolation: (message: string, details: JsonObject) =>
    new WaapiError('ak.wwise.invalid_arguments', message, {
      typeUri: 'ak.wwise.schema_validation_failed',
      ...details,
    }),
  /** The same for the call's options. */
  optionsViolation: (message: string, details: JsonObject) =>
    new WaapiError('ak.wwise.invalid_options', message, {
      typeUri: 'ak.wwise.schema_validation_failed',
      ...details,
    }),
  invalidArguments: (message: string, details: JsonObject = {}) =>
    new WaapiError('ak.wwise.invalid_arguments', message, details),
  unknownObject: (designator: string) =>
    new WaapiError('ak.wwise.invalid_arguments', `Object ${designator} is unknown.`, { object: designator }),
  nameConflict: (procedureUri: string) =>
    new WaapiError('ak.wwise.invalid_arguments', "'parent' already has child with same name.", {
      procedureUri,
    }),
  /** No recording shows what Wwise says of a name that something else in the project has. */
  nameInUse: (procedureUri: string, name: string, type: string, owner: string, candidate: string) =>
    new WaapiError(
      'ak.wwise.invalid_arguments',
      `The name "${name}" is that of ${owner}: names of this type are unique in the project. "${candidate}" is free.`,
      { procedureUri, reason: 'name_in_use', name, type, owner, candidates: [candidate] },
    ),
  invalidName: (message: string, name: string, type: string, candidate: string) =>
    new WaapiError('ak.wwise.invalid_arguments', message, {
      reason: 'invalid_name',
      name,
      type,
      candidates: [candidate],
    }),
  invalidProperty: (message: string, details: JsonObject = {}) =>
    new WaapiError('ak.wwise.invalid_property', message, details),
  invalidReference: (message: string, details: JsonObject = {}) =>
    new WaapiError('ak.wwise.invalid_reference', message, details),
  invalidQuery: (message: string, details: JsonObject = {}) =>
    new WaapiError('ak.wwise.query.invalid_query', message, details),
  /** `from: {id|path}` that finds nothing. */
  queryUnknownObject: (designator: string) =>
    new WaapiError('ak.wwise.query.unknown_object', `Object ${designator} is unknown.`, {
      object: designator,
    }),
  fileError: (message: string, details: JsonObject = {}) =>
    new WaapiError('ak.wwise.file_error', message, details),
  unexpected: (message: string) => new WaapiError('ak.wwise.unexpected_error', message),
};

/** The message of a call that was refused; undefined for any other failure. */
export function refusalMessage(failure: unknown): string | undefined {
  return failure instanceof WaapiError ? failure.message : undefined;
}
