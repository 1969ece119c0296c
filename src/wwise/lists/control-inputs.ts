import { WwiseFlowError } from '../../core/errors.ts';

/** What drives a property: a designator, or the bare name of an input that is part of Wwise. */
export function driverDesignator(given: string): string {
  return midiName.test(given) ? `MidiParameter:${given}` : given;
}

/** `MIDI note velocity` and the like: names of the user interface, which nothing else begins so and has blanks. */
const midiName = /^midi [^:\\{]*$/i;

/**
 * For a driver that was not found, what is meant by it: Distance, Azimuth... are no objects but what a Game Parameter may be bound
 * to, and inputs of MIDI have no file in a project. Any other error as it was.
 */
export function explainDriver(error: WwiseFlowError, given: string): WwiseFlowError {
  if (error.code !== 'OBJECT_NOT_FOUND' && error.code !== 'INVALID_INPUT') return error;
  const name = given.replace(/^[A-Za-z]+:/, '').trim();
  const bound = boundInputs.find((one) => plain(one) === plain(name));
  if (bound !== undefined) {
    return again(
      error,
      `"${given}" is no object: the engine measures it, and a Game Parameter takes it up.`,
      `Make a Game Parameter (create_game_parameter), bind it with set_property BindToBuiltInParam "${bound}", and give it as gameParameter.`,
    );
  }
  if (!/^midi\b/i.test(name)) return error;
  return again(
    error,
    `${error.message} Of the inputs of MIDI, "MIDI note velocity" is known by its name everywhere; others where a file of the project names them.`,
    'Let any RTPC of the project be driven by it once in Wwise and save: from then on its name works here, too.',
  );
}

function again(error: WwiseFlowError, message: string, hint: string): WwiseFlowError {
  return new WwiseFlowError(error.code, message, { hint, details: error.details ?? {}, cause: error });
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z]/g, '');
}

/** What BindToBuiltInParam of a Game Parameter offers. */
const boundInputs = [
  'Distance',
  'Azimuth',
  'Elevation',
  'Emitter Cone',
  'Obstruction',
  'Occlusion',
  'Listener Cone',
  'Diffraction',
  'Transmission Loss',
] as const;
