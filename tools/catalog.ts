import type { AnyCommand } from '../src/bus/command.ts';
import { audioImport } from './audio/audio_import.ts';
import { createEvent } from './events/create_event.ts';
import { createObject } from './objects/create_object.ts';
import { createSound } from './objects/create_sound.ts';
import { deleteObject } from './objects/delete_object.ts';
import { getObject } from './objects/get_object.ts';
import { setProperty } from './objects/set_property.ts';
import { setReference } from './objects/set_reference.ts';
import { projectInfo } from './project/project_info.ts';
import { projectSave } from './project/project_save.ts';
import { queryWaql } from './query/query_waql.ts';
import { setOutputBus } from './routing/set_output_bus.ts';

/** Every command, in the order an agent reads them. */
export const commands: readonly AnyCommand[] = [
  projectInfo,
  queryWaql,
  getObject,
  createSound,
  createObject,
  audioImport,
  setProperty,
  setReference,
  setOutputBus,
  createEvent,
  deleteObject,
  projectSave,
];
