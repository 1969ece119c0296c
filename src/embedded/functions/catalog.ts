import { audioImport } from './ak.wwise.core.audio.import.ts';
import { getInfo, type InstanceInfo } from './ak.wwise.core.getInfo.ts';
import { getProjectInfo } from './ak.wwise.core.getProjectInfo.ts';
import { objectCopy } from './ak.wwise.core.object.copy.ts';
import { objectCreate } from './ak.wwise.core.object.create.ts';
import { objectDelete } from './ak.wwise.core.object.delete.ts';
import { objectGet } from './ak.wwise.core.object.get.ts';
import { objectGetPropertyAndReferenceNames } from './ak.wwise.core.object.getPropertyAndReferenceNames.ts';
import { objectGetPropertyInfo } from './ak.wwise.core.object.getPropertyInfo.ts';
import { objectGetTypes } from './ak.wwise.core.object.getTypes.ts';
import { objectMove } from './ak.wwise.core.object.move.ts';
import { objectSet } from './ak.wwise.core.object.set.ts';
import { objectSetName } from './ak.wwise.core.object.setName.ts';
import { objectSetNotes } from './ak.wwise.core.object.setNotes.ts';
import { objectSetProperty } from './ak.wwise.core.object.setProperty.ts';
import { objectSetReference } from './ak.wwise.core.object.setReference.ts';
import { ping } from './ak.wwise.core.ping.ts';
import { projectSave } from './ak.wwise.core.project.save.ts';
import { undoBeginGroup } from './ak.wwise.core.undo.beginGroup.ts';
import { undoCancelGroup } from './ak.wwise.core.undo.cancelGroup.ts';
import { undoEndGroup } from './ak.wwise.core.undo.endGroup.ts';
import { undoRedo } from './ak.wwise.core.undo.redo.ts';
import { undoUndo } from './ak.wwise.core.undo.undo.ts';
import { getFunctions } from './ak.wwise.waapi.getFunctions.ts';
import { getSchema } from './ak.wwise.waapi.getSchema.ts';
import { getTopics } from './ak.wwise.waapi.getTopics.ts';
import type { WaapiFunction } from './define-function.ts';

/** Every WAAPI function the embedded engine answers. `instance` is what getInfo tells about this process. */
export function waapiFunctions(instance: InstanceInfo): readonly WaapiFunction[] {
  return [
    ping,
    getInfo(instance),
    getProjectInfo,
    getFunctions,
    getTopics,
    getSchema,
    objectGet,
    objectGetTypes,
    objectGetPropertyAndReferenceNames,
    objectGetPropertyInfo,
    objectCreate,
    objectSet,
    objectSetProperty,
    objectSetReference,
    objectSetName,
    objectSetNotes,
    objectMove,
    objectCopy,
    objectDelete,
    audioImport,
    undoBeginGroup,
    undoEndGroup,
    undoCancelGroup,
    undoUndo,
    undoRedo,
    projectSave,
  ];
}
