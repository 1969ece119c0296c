import { consoleProjectClose } from './ak.wwise.console.project.close.ts';
import { consoleProjectCreate } from './ak.wwise.console.project.create.ts';
import { consoleProjectOpen } from './ak.wwise.console.project.open.ts';
import { coreAudioImport } from './ak.wwise.core.audio.import.ts';
import { audioImportTabDelimited } from './ak.wwise.core.audio.importTabDelimited.ts';
import { audioMute } from './ak.wwise.core.audio.mute.ts';
import { audioResetMute } from './ak.wwise.core.audio.resetMute.ts';
import { audioResetSolo } from './ak.wwise.core.audio.resetSolo.ts';
import { audioSetConversionPlugin } from './ak.wwise.core.audio.setConversionPlugin.ts';
import { audioSolo } from './ak.wwise.core.audio.solo.ts';
import { peaksInRegion } from './ak.wwise.core.audioSourcePeaks.getMinMaxPeaksInRegion.ts';
import { peaksInTrimmedRegion } from './ak.wwise.core.audioSourcePeaks.getMinMaxPeaksInTrimmedRegion.ts';
import { blendContainerAddAssignment } from './ak.wwise.core.blendContainer.addAssignment.ts';
import { blendContainerAddTrack } from './ak.wwise.core.blendContainer.addTrack.ts';
import { blendContainerGetAssignments } from './ak.wwise.core.blendContainer.getAssignments.ts';
import { blendContainerRemoveAssignment } from './ak.wwise.core.blendContainer.removeAssignment.ts';
import { gameParameterSetRange } from './ak.wwise.core.gameParameter.setRange.ts';
import { getInfo, type InstanceInfo } from './ak.wwise.core.getInfo.ts';
import { getProjectInfo } from './ak.wwise.core.getProjectInfo.ts';
import { logAddItem } from './ak.wwise.core.log.addItem.ts';
import { logClear } from './ak.wwise.core.log.clear.ts';
import { logGet } from './ak.wwise.core.log.get.ts';
import { mediaPoolGet } from './ak.wwise.core.mediaPool.get.ts';
import { mediaPoolGetFields } from './ak.wwise.core.mediaPool.getFields.ts';
import { objectCopy } from './ak.wwise.core.object.copy.ts';
import { objectCreate } from './ak.wwise.core.object.create.ts';
import { objectDelete } from './ak.wwise.core.object.delete.ts';
import { objectDiff } from './ak.wwise.core.object.diff.ts';
import { objectGet } from './ak.wwise.core.object.get.ts';
import { objectGetAttenuationCurve } from './ak.wwise.core.object.getAttenuationCurve.ts';
import { objectGetPropertyAndReferenceNames } from './ak.wwise.core.object.getPropertyAndReferenceNames.ts';
import { objectGetPropertyInfo } from './ak.wwise.core.object.getPropertyInfo.ts';
import { objectGetPropertyNames } from './ak.wwise.core.object.getPropertyNames.ts';
import { objectGetTypes } from './ak.wwise.core.object.getTypes.ts';
import { objectIsLinked } from './ak.wwise.core.object.isLinked.ts';
import { objectIsPropertyEnabled } from './ak.wwise.core.object.isPropertyEnabled.ts';
import { objectMove } from './ak.wwise.core.object.move.ts';
import { objectPasteProperties } from './ak.wwise.core.object.pasteProperties.ts';
import { objectSet } from './ak.wwise.core.object.set.ts';
import { objectSetAttenuationCurve } from './ak.wwise.core.object.setAttenuationCurve.ts';
import { objectSetLinked } from './ak.wwise.core.object.setLinked.ts';
import { objectSetName } from './ak.wwise.core.object.setName.ts';
import { objectSetNotes } from './ak.wwise.core.object.setNotes.ts';
import { objectSetProperty } from './ak.wwise.core.object.setProperty.ts';
import { objectSetRandomizer } from './ak.wwise.core.object.setRandomizer.ts';
import { objectSetReference } from './ak.wwise.core.object.setReference.ts';
import { objectSetStateGroups } from './ak.wwise.core.object.setStateGroups.ts';
import { objectSetStateProperties } from './ak.wwise.core.object.setStateProperties.ts';
import { ping } from './ak.wwise.core.ping.ts';
import { pluginGetList } from './ak.wwise.core.plugin.getList.ts';
import { pluginGetProperties } from './ak.wwise.core.plugin.getProperties.ts';
import { pluginGetProperty } from './ak.wwise.core.plugin.getProperty.ts';
import { coreProjectSave } from './ak.wwise.core.project.save.ts';
import { soundSetActiveSource } from './ak.wwise.core.sound.setActiveSource.ts';
import { soundbankGetInclusions } from './ak.wwise.core.soundbank.getInclusions.ts';
import { soundbankProcessDefinitionFiles } from './ak.wwise.core.soundbank.processDefinitionFiles.ts';
import { soundbankSetInclusions } from './ak.wwise.core.soundbank.setInclusions.ts';
import { sourceControlAdd } from './ak.wwise.core.sourceControl.add.ts';
import { sourceControlCheckOut } from './ak.wwise.core.sourceControl.checkOut.ts';
import { sourceControlCommit } from './ak.wwise.core.sourceControl.commit.ts';
import { sourceControlDelete } from './ak.wwise.core.sourceControl.delete.ts';
import { sourceControlGetSourceFiles } from './ak.wwise.core.sourceControl.getSourceFiles.ts';
import { sourceControlGetStatus } from './ak.wwise.core.sourceControl.getStatus.ts';
import { sourceControlMove } from './ak.wwise.core.sourceControl.move.ts';
import { coreSourceControlRevert } from './ak.wwise.core.sourceControl.revert.ts';
import { sourceControlSetProvider } from './ak.wwise.core.sourceControl.setProvider.ts';
import { switchContainerAddAssignment } from './ak.wwise.core.switchContainer.addAssignment.ts';
import { switchContainerGetAssignments } from './ak.wwise.core.switchContainer.getAssignments.ts';
import { switchContainerRemoveAssignment } from './ak.wwise.core.switchContainer.removeAssignment.ts';
import { transportCreate } from './ak.wwise.core.transport.create.ts';
import { transportDestroy } from './ak.wwise.core.transport.destroy.ts';
import { transportExecuteAction } from './ak.wwise.core.transport.executeAction.ts';
import { transportGetList } from './ak.wwise.core.transport.getList.ts';
import { transportGetState } from './ak.wwise.core.transport.getState.ts';
import { transportPrepare } from './ak.wwise.core.transport.prepare.ts';
import { transportUseOriginals } from './ak.wwise.core.transport.useOriginals.ts';
import { undoBeginGroup } from './ak.wwise.core.undo.beginGroup.ts';
import { undoCancelGroup } from './ak.wwise.core.undo.cancelGroup.ts';
import { undoEndGroup } from './ak.wwise.core.undo.endGroup.ts';
import { undoRedo } from './ak.wwise.core.undo.redo.ts';
import { undoUndo } from './ak.wwise.core.undo.undo.ts';
import { workUnitLoad } from './ak.wwise.core.workUnit.load.ts';
import { workUnitUnload } from './ak.wwise.core.workUnit.unload.ts';
import { debugEnableAutomationMode } from './ak.wwise.debug.enableAutomationMode.ts';
import { debugGenerateToneWav } from './ak.wwise.debug.generateToneWAV.ts';
import { debugValidateCall } from './ak.wwise.debug.validateCall.ts';
import { uiCommandsExecute } from './ak.wwise.ui.commands.execute.ts';
import { uiCommandsGetCommands } from './ak.wwise.ui.commands.getCommands.ts';
import { uiCommandsRegister } from './ak.wwise.ui.commands.register.ts';
import { uiCommandsUnregister } from './ak.wwise.ui.commands.unregister.ts';
import { uiGetSelectedObjects } from './ak.wwise.ui.getSelectedObjects.ts';
import { uiProjectClose } from './ak.wwise.ui.project.close.ts';
import { uiProjectCreate } from './ak.wwise.ui.project.create.ts';
import { uiProjectOpen } from './ak.wwise.ui.project.open.ts';
import { getFunctions } from './ak.wwise.waapi.getFunctions.ts';
import { getSchema } from './ak.wwise.waapi.getSchema.ts';
import { getTopics } from './ak.wwise.waapi.getTopics.ts';
import type { WaapiFunction } from './define-function.ts';

/** Every WAAPI function the embedded engine answers. `instance` is what getInfo says about this process. */
export function embeddedFunctions(instance: InstanceInfo): readonly WaapiFunction[] {
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
    coreAudioImport,
    objectDiff,
    objectPasteProperties,
    objectGetAttenuationCurve,
    objectSetAttenuationCurve,
    objectGetPropertyNames,
    objectIsLinked,
    objectSetLinked,
    objectIsPropertyEnabled,
    objectSetRandomizer,
    objectSetStateGroups,
    objectSetStateProperties,
    switchContainerAddAssignment,
    switchContainerRemoveAssignment,
    switchContainerGetAssignments,
    blendContainerAddTrack,
    blendContainerAddAssignment,
    blendContainerRemoveAssignment,
    blendContainerGetAssignments,
    gameParameterSetRange,
    soundbankGetInclusions,
    soundbankSetInclusions,
    soundbankProcessDefinitionFiles,
    pluginGetList,
    pluginGetProperty,
    pluginGetProperties,
    soundSetActiveSource,
    peaksInRegion,
    peaksInTrimmedRegion,
    undoBeginGroup,
    undoEndGroup,
    undoCancelGroup,
    undoUndo,
    undoRedo,
    coreProjectSave,
    consoleProjectClose,
    consoleProjectCreate,
    consoleProjectOpen,
    audioImportTabDelimited,
    audioMute,
    audioResetMute,
    audioResetSolo,
    audioSolo,
    audioSetConversionPlugin,
    logAddItem,
    logClear,
    logGet,
    mediaPoolGet,
    mediaPoolGetFields,
    sourceControlAdd,
    sourceControlCheckOut,
    sourceControlCommit,
    sourceControlDelete,
    sourceControlGetSourceFiles,
    sourceControlGetStatus,
    sourceControlMove,
    coreSourceControlRevert,
    sourceControlSetProvider,
    transportCreate,
    transportDestroy,
    transportExecuteAction,
    transportGetList,
    transportGetState,
    transportPrepare,
    transportUseOriginals,
    workUnitLoad,
    workUnitUnload,
    debugEnableAutomationMode,
    debugGenerateToneWav,
    debugValidateCall,
    uiCommandsExecute,
    uiCommandsGetCommands,
    uiCommandsRegister,
    uiCommandsUnregister,
    uiGetSelectedObjects,
    uiProjectClose,
    uiProjectCreate,
    uiProjectOpen,
  ];
}
