import type { JsonObject } from '../../../core/json.ts';
import { deviceNames } from '../../model/structure/owned-object.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';

/**
 * The class id in a description of a new object: plug-in objects are nothing without one, and it must be that of a plug-in of
 * their kind, which its lowest four bits say. Plug-ins of others are taken unseen. Undefined for what is no plug-in.
 */
export function pluginClass(type: string, spec: JsonObject): number | undefined {
  const kind = pluginTypes.get(type);
  if (typeof spec.classId !== 'number') {
    if (kind === undefined) return undefined;
    throw waapiErrors.invalidArguments(`Object of type ${type} needs a classId.`, { type });
  }
  if (kind !== undefined && (spec.classId & 0xf) !== kind) {
    throw waapiErrors.invalidArguments(
      `Class id ${spec.classId} is of no plug-in for an object of type ${type}.`,
      {
        type,
        classId: spec.classId,
      },
    );
  }
  refuseUnknownDevice(type, spec.classId);
  return spec.classId;
}

/** A device is written with the name of its plug-in, so the name must be known. */
function refuseUnknownDevice(type: string, classId: number): void {
  if (type !== 'AudioDevice' || deviceNames[classId] !== undefined) return;
  throw waapiErrors.invalidArguments(`No audio device plug-in with class id ${classId} is known.`, {
    classId,
    known: Object.entries(deviceNames).map(([id, name]) => ({ classId: Number(id), name })),
  });
}

/** What the lowest four bits of a class id are for each. */
const pluginTypes = new Map([
  ['SourcePlugin', 2],
  ['Effect', 3],
  ['AudioDevice', 7],
  ['Metadata', 9],
]);
