import type { AnyCommand } from '../src/core/command.ts';
import { createAttenuation } from './attenuations/create_attenuation.ts';
import { getAttenuationCurve } from './attenuations/get_attenuation_curve.ts';
import { setAttenuationCurve } from './attenuations/set_attenuation_curve.ts';
import { audioFacts } from './audio/audio_facts.ts';
import { audioFilesReport } from './audio/audio_files_report.ts';
import { audioImport } from './audio/audio_import.ts';
import { audioPeaks } from './audio/audio_peaks.ts';
import { importFiles } from './audio/import_files.ts';
import { importFolder } from './audio/import_folder.ts';
import { importTabDelimited } from './audio/import_tab_delimited.ts';
import { replaceAudioByName } from './audio/replace_audio_by_name.ts';
import { voiceCoverage } from './audio/voice_coverage.ts';
import { findUnused } from './batch/find_unused.ts';
import { removeUnused } from './batch/remove_unused.ts';
import { renameByPattern } from './batch/rename_by_pattern.ts';
import { setMany } from './batch/set_many.ts';
import { syncByPath } from './batch/sync_by_path.ts';
import { wwiseConsole } from './console/wwise_console.ts';
import { addBlendTrack } from './containers/add_blend_track.ts';
import { assignSwitch } from './containers/assign_switch.ts';
import { blendTracks } from './containers/blend_tracks.ts';
import { createContainer } from './containers/create_container.ts';
import { listAssignments } from './containers/list_assignments.ts';
import { setPlaylist } from './containers/set_playlist.ts';
import { setSwitchGroup } from './containers/set_switch_group.ts';
import { unassignSwitch } from './containers/unassign_switch.ts';
import { workflowDraft } from './drafting/workflow_draft.ts';
import { addEffect } from './effects/add_effect.ts';
import { listEffects } from './effects/list_effects.ts';
import { removeEffect } from './effects/remove_effect.ts';
import { setEffectParameters } from './effects/set_effect_parameters.ts';
import { addAction } from './events/add_action.ts';
import { createEvent } from './events/create_event.ts';
import { listEventActions } from './events/list_event_actions.ts';
import { createGameParameter } from './gamesyncs/create_game_parameter.ts';
import { createStateGroup } from './gamesyncs/create_state_group.ts';
import { createSwitchGroup } from './gamesyncs/create_switch_group.ts';
import { getStates } from './gamesyncs/get_states.ts';
import { listRtpcs } from './gamesyncs/list_rtpcs.ts';
import { removeRtpc } from './gamesyncs/remove_rtpc.ts';
import { setGameParameterRange } from './gamesyncs/set_game_parameter_range.ts';
import { setRtpc } from './gamesyncs/set_rtpc.ts';
import { setStates } from './gamesyncs/set_states.ts';
import { addLogItem } from './log/add_log_item.ts';
import { clearLog } from './log/clear_log.ts';
import { getLog } from './log/get_log.ts';
import { searchMedia } from './mediapool/search_media.ts';
import { createMusicPlaylist } from './music/create_music_playlist.ts';
import { createMusicSegment } from './music/create_music_segment.ts';
import { getMusic } from './music/get_music.ts';
import { setMusicSwitch } from './music/set_music_switch.ts';
import { setStinger } from './music/set_stinger.ts';
import { setTransitions } from './music/set_transitions.ts';
import { convertType } from './objects/convert_type.ts';
import { copyObject } from './objects/copy_object.ts';
import { createObject } from './objects/create_object.ts';
import { createSound } from './objects/create_sound.ts';
import { createWorkUnit } from './objects/create_work_unit.ts';
import { deleteObject } from './objects/delete_object.ts';
import { describeType } from './objects/describe_type.ts';
import { diffObjects } from './objects/diff_objects.ts';
import { getObject } from './objects/get_object.ts';
import { moveObject } from './objects/move_object.ts';
import { pasteProperties } from './objects/paste_properties.ts';
import { renameObject } from './objects/rename_object.ts';
import { setNotes } from './objects/set_notes.ts';
import { setObjects } from './objects/set_objects.ts';
import { setProperty } from './objects/set_property.ts';
import { setReference } from './objects/set_reference.ts';
import { profilerCapture } from './profiler/profiler_capture.ts';
import { profilerSnapshot } from './profiler/profiler_snapshot.ts';
import { projectInfo } from './project/project_info.ts';
import { projectRecover } from './project/project_recover.ts';
import { projectReload } from './project/project_reload.ts';
import { projectRepair } from './project/project_repair.ts';
import { projectSave } from './project/project_save.ts';
import { projectLint } from './query/project_lint.ts';
import { projectTree } from './query/project_tree.ts';
import { queryWaql } from './query/query_waql.ts';
import { referencesTo } from './query/references_to.ts';
import { search } from './query/search.ts';
import { remoteConnect } from './remote/remote_connect.ts';
import { remoteConsoles } from './remote/remote_consoles.ts';
import { busTree } from './routing/bus_tree.ts';
import { createBus } from './routing/create_bus.ts';
import { effectiveOutput } from './routing/effective_output.ts';
import { setAuxSend } from './routing/set_aux_send.ts';
import { setOutputBus } from './routing/set_output_bus.ts';
import { checkDelivery } from './soundbanks/check_delivery.ts';
import { createSoundbank } from './soundbanks/create_soundbank.ts';
import { generateSoundbanks } from './soundbanks/generate_soundbanks.ts';
import { getInclusions } from './soundbanks/get_inclusions.ts';
import { setInclusions } from './soundbanks/set_inclusions.ts';
import { postEvent } from './soundengine/post_event.ts';
import { setRtpcValue } from './soundengine/set_rtpc_value.ts';
import { setStateValue } from './soundengine/set_state_value.ts';
import { setSwitchValue } from './soundengine/set_switch_value.ts';
import { stopAllSounds } from './soundengine/stop_all_sounds.ts';
import { sourceControlChange } from './sourcecontrol/source_control_change.ts';
import { sourceControlRevert } from './sourcecontrol/source_control_revert.ts';
import { sourceControlStatus } from './sourcecontrol/source_control_status.ts';
import { playObject } from './transport/play_object.ts';
import { stopAll } from './transport/stop_all.ts';
import { bringToForeground } from './ui/bring_to_foreground.ts';
import { selectObjects } from './ui/select_objects.ts';
import { selectedObjects } from './ui/selected_objects.ts';
import { redo } from './undo/redo.ts';
import { undo } from './undo/undo.ts';
import { waapiCall } from './waapi/waapi_call.ts';
import { waapiEvents } from './waapi/waapi_events.ts';
import { waapiFunctions } from './waapi/waapi_functions.ts';
import { waapiRead } from './waapi/waapi_read.ts';
import { waapiSchema } from './waapi/waapi_schema.ts';
import { waapiSubscribe } from './waapi/waapi_subscribe.ts';
import { waapiUnsubscribe } from './waapi/waapi_unsubscribe.ts';

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
  projectRecover,
  projectRepair,
  projectReload,
  createGameParameter,
  createStateGroup,
  createSwitchGroup,
  listRtpcs,
  removeRtpc,
  setGameParameterRange,
  setRtpc,
  setStates,
  getStates,
  addAction,
  listEventActions,
  busTree,
  createBus,
  effectiveOutput,
  setAuxSend,
  addBlendTrack,
  assignSwitch,
  blendTracks,
  createContainer,
  listAssignments,
  setPlaylist,
  setSwitchGroup,
  unassignSwitch,
  createAttenuation,
  getAttenuationCurve,
  setAttenuationCurve,
  addEffect,
  listEffects,
  removeEffect,
  setEffectParameters,
  checkDelivery,
  createSoundbank,
  generateSoundbanks,
  wwiseConsole,
  getInclusions,
  setInclusions,
  audioFacts,
  audioFilesReport,
  audioPeaks,
  importFiles,
  importFolder,
  importTabDelimited,
  replaceAudioByName,
  voiceCoverage,
  sourceControlChange,
  sourceControlRevert,
  sourceControlStatus,
  playObject,
  stopAll,
  addLogItem,
  clearLog,
  getLog,
  searchMedia,
  bringToForeground,
  selectObjects,
  selectedObjects,
  postEvent,
  setRtpcValue,
  setStateValue,
  setSwitchValue,
  stopAllSounds,
  profilerCapture,
  profilerSnapshot,
  remoteConnect,
  remoteConsoles,
  createMusicPlaylist,
  createMusicSegment,
  getMusic,
  setMusicSwitch,
  setStinger,
  setTransitions,
  setObjects,
  renameObject,
  setNotes,
  moveObject,
  copyObject,
  diffObjects,
  pasteProperties,
  describeType,
  convertType,
  createWorkUnit,
  undo,
  redo,
  renameByPattern,
  setMany,
  syncByPath,
  findUnused,
  removeUnused,
  search,
  referencesTo,
  projectTree,
  projectLint,
  waapiCall,
  waapiRead,
  waapiFunctions,
  waapiSchema,
  waapiSubscribe,
  waapiEvents,
  waapiUnsubscribe,
  workflowDraft,
];
