import { coreAudioImport } from './audio/ak.wwise.core.audio.import.ts';
import { audioImportTabDelimited } from './audio/ak.wwise.core.audio.importTabDelimited.ts';
import { audioMute } from './audio/ak.wwise.core.audio.mute.ts';
import { audioResetMute } from './audio/ak.wwise.core.audio.resetMute.ts';
import { audioResetSolo } from './audio/ak.wwise.core.audio.resetSolo.ts';
import { audioSetConversionPlugin } from './audio/ak.wwise.core.audio.setConversionPlugin.ts';
import { audioSolo } from './audio/ak.wwise.core.audio.solo.ts';
import { peaksInRegion } from './audio/ak.wwise.core.audioSourcePeaks.getMinMaxPeaksInRegion.ts';
import { peaksInTrimmedRegion } from './audio/ak.wwise.core.audioSourcePeaks.getMinMaxPeaksInTrimmedRegion.ts';
import { mediaPoolGet } from './audio/ak.wwise.core.mediaPool.get.ts';
import { mediaPoolGetFields } from './audio/ak.wwise.core.mediaPool.getFields.ts';
import { soundSetActiveSource } from './audio/ak.wwise.core.sound.setActiveSource.ts';
import { blendContainerAddAssignment } from './container/ak.wwise.core.blendContainer.addAssignment.ts';
import { blendContainerAddTrack } from './container/ak.wwise.core.blendContainer.addTrack.ts';
import { blendContainerGetAssignments } from './container/ak.wwise.core.blendContainer.getAssignments.ts';
import { blendContainerRemoveAssignment } from './container/ak.wwise.core.blendContainer.removeAssignment.ts';
import { switchContainerAddAssignment } from './container/ak.wwise.core.switchContainer.addAssignment.ts';
import { switchContainerGetAssignments } from './container/ak.wwise.core.switchContainer.getAssignments.ts';
import { switchContainerRemoveAssignment } from './container/ak.wwise.core.switchContainer.removeAssignment.ts';
import { debugEnableAutomationMode } from './debug/ak.wwise.debug.enableAutomationMode.ts';
import { debugGenerateToneWav } from './debug/ak.wwise.debug.generateToneWAV.ts';
import { debugValidateCall } from './debug/ak.wwise.debug.validateCall.ts';
import type { WaapiFunction } from './define-function.ts';
import { logAddItem } from './log/ak.wwise.core.log.addItem.ts';
import { logClear } from './log/ak.wwise.core.log.clear.ts';
import { logGet } from './log/ak.wwise.core.log.get.ts';
import { objectCopy } from './object/ak.wwise.core.object.copy.ts';
import { objectCreate } from './object/ak.wwise.core.object.create.ts';
import { objectDelete } from './object/ak.wwise.core.object.delete.ts';
import { objectDiff } from './object/ak.wwise.core.object.diff.ts';
import { objectGet } from './object/ak.wwise.core.object.get.ts';
import { objectGetTypes } from './object/ak.wwise.core.object.getTypes.ts';
import { objectMove } from './object/ak.wwise.core.object.move.ts';
import { objectSet } from './object/ak.wwise.core.object.set.ts';
import { objectSetName } from './object/ak.wwise.core.object.setName.ts';
import { objectSetNotes } from './object/ak.wwise.core.object.setNotes.ts';
import { pluginGetList } from './plugin/ak.wwise.core.plugin.getList.ts';
import { pluginGetProperties } from './plugin/ak.wwise.core.plugin.getProperties.ts';
import { pluginGetProperty } from './plugin/ak.wwise.core.plugin.getProperty.ts';
import { consoleProjectClose } from './project/ak.wwise.console.project.close.ts';
import { consoleProjectCreate } from './project/ak.wwise.console.project.create.ts';
import { consoleProjectOpen } from './project/ak.wwise.console.project.open.ts';
import { getProjectInfo } from './project/ak.wwise.core.getProjectInfo.ts';
import { coreProjectSave } from './project/ak.wwise.core.project.save.ts';
import { workUnitLoad } from './project/ak.wwise.core.workUnit.load.ts';
import { workUnitUnload } from './project/ak.wwise.core.workUnit.unload.ts';
import { uiProjectClose } from './project/ak.wwise.ui.project.close.ts';
import { uiProjectCreate } from './project/ak.wwise.ui.project.create.ts';
import { uiProjectOpen } from './project/ak.wwise.ui.project.open.ts';
import { gameParameterSetRange } from './property/ak.wwise.core.gameParameter.setRange.ts';
import { objectGetAttenuationCurve } from './property/ak.wwise.core.object.getAttenuationCurve.ts';
import { objectGetPropertyAndReferenceNames } from './property/ak.wwise.core.object.getPropertyAndReferenceNames.ts';
import { objectGetPropertyInfo } from './property/ak.wwise.core.object.getPropertyInfo.ts';
import { objectGetPropertyNames } from './property/ak.wwise.core.object.getPropertyNames.ts';
import { objectIsLinked } from './property/ak.wwise.core.object.isLinked.ts';
import { objectIsPropertyEnabled } from './property/ak.wwise.core.object.isPropertyEnabled.ts';
import { objectPasteProperties } from './property/ak.wwise.core.object.pasteProperties.ts';
import { objectSetAttenuationCurve } from './property/ak.wwise.core.object.setAttenuationCurve.ts';
import { objectSetLinked } from './property/ak.wwise.core.object.setLinked.ts';
import { objectSetProperty } from './property/ak.wwise.core.object.setProperty.ts';
import { objectSetRandomizer } from './property/ak.wwise.core.object.setRandomizer.ts';
import { objectSetReference } from './property/ak.wwise.core.object.setReference.ts';
import { objectSetStateGroups } from './property/ak.wwise.core.object.setStateGroups.ts';
import { objectSetStateProperties } from './property/ak.wwise.core.object.setStateProperties.ts';
import { getInfo, type InstanceInfo } from './reflection/ak.wwise.core.getInfo.ts';
import { ping } from './reflection/ak.wwise.core.ping.ts';
import { getFunctions } from './reflection/ak.wwise.waapi.getFunctions.ts';
import { getSchema } from './reflection/ak.wwise.waapi.getSchema.ts';
import { getTopics } from './reflection/ak.wwise.waapi.getTopics.ts';
import { soundbankGetInclusions } from './soundbank/ak.wwise.core.soundbank.getInclusions.ts';
import { soundbankProcessDefinitionFiles } from './soundbank/ak.wwise.core.soundbank.processDefinitionFiles.ts';
import { soundbankSetInclusions } from './soundbank/ak.wwise.core.soundbank.setInclusions.ts';
import { sourceControlAdd } from './source-control/ak.wwise.core.sourceControl.add.ts';
import { sourceControlCheckOut } from './source-control/ak.wwise.core.sourceControl.checkOut.ts';
import { sourceControlCommit } from './source-control/ak.wwise.core.sourceControl.commit.ts';
import { sourceControlDelete } from './source-control/ak.wwise.core.sourceControl.delete.ts';
import { sourceControlGetSourceFiles } from './source-control/ak.wwise.core.sourceControl.getSourceFiles.ts';
import { sourceControlGetStatus } from './source-control/ak.wwise.core.sourceControl.getStatus.ts';
import { sourceControlMove } from './source-control/ak.wwise.core.sourceControl.move.ts';
import { coreSourceControlRevert } from './source-control/ak.wwise.core.sourceControl.revert.ts';
import { sourceControlSetProvider } from './source-control/ak.wwise.core.sourceControl.setProvider.ts';
import { transportCreate } from './transport/ak.wwise.core.transport.create.ts';
import { transportDestroy } from './transport/ak.wwise.core.transport.destroy.ts';
import { transportExecuteAction } from './transport/ak.wwise.core.transport.executeAction.ts';
import { transportGetList } from './transport/ak.wwise.core.transport.getList.ts';
import { transportGetState } from './transport/ak.wwise.core.transport.getState.ts';
import { transportPrepare } from './transport/ak.wwise.core.transport.prepare.ts';
import { transportUseOriginals } from './transport/ak.wwise.core.transport.useOriginals.ts';
import { uiCommandsExecute } from './ui/ak.wwise.ui.commands.execute.ts';
import { uiCommandsGetCommands } from './ui/ak.wwise.ui.commands.getCommands.ts';
import { uiCommandsRegister } from './ui/ak.wwise.ui.commands.register.ts';
import { uiCommandsUnregister } from './ui/ak.wwise.ui.commands.unregister.ts';
import { uiGetSelectedObjects } from './ui/ak.wwise.ui.getSelectedObjects.ts';
import { undoBeginGroup } from './undo/ak.wwise.core.undo.beginGroup.ts';
import { undoCancelGroup } from './undo/ak.wwise.core.undo.cancelGroup.ts';
import { undoEndGroup } from './undo/ak.wwise.core.undo.endGroup.ts';
import { undoRedo } from './undo/ak.wwise.core.undo.redo.ts';
import { undoUndo } from './undo/ak.wwise.core.undo.undo.ts';

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
