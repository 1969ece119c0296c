import type { MergedTool } from '../../src/core/merged-tool.ts';
import { copyOrMove } from './copy_or_move.ts';
import { editCurve } from './edit_curve.ts';
import { editEffects } from './edit_effects.ts';
import { editEvent } from './edit_event.ts';
import { findThings } from './find_things.ts';
import { importAnyAudio } from './import_audio.ts';
import { selection } from './selection.ts';
import { setValue } from './set_value.ts';
import { switchAssignments } from './switch_assignments.ts';

/** Tools that stand for several commands with inputs in common, so that a list of tools says them once. */
export const mergedTools: readonly MergedTool[] = [
  copyOrMove,
  editCurve,
  editEffects,
  editEvent,
  findThings,
  importAnyAudio,
  selection,
  setValue,
  switchAssignments,
];
