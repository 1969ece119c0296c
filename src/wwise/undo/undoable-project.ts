import type { ProjectFilesView } from '../../core/backend/project-files.ts';
import type { AppliedEffect, UndoableProject } from '../../core/backend/undoable-project.ts';
import type { AnyCommand } from '../../core/command.ts';
import { claimsOf, inputFilesOf, writtenFilesOf } from '../../core/dispatch/untyped-command.ts';
import { toWwiseFlowError } from '../../core/errors.ts';
import { asJsonObject, type JsonObject } from '../../core/json.ts';
import { playedFiles } from '../audio/originals/played-files.ts';
import { verifyClaims } from '../claims/verify-claims.ts';
import { isLinkReplaced } from '../connection/call-errors.ts';
import { onlyReads } from '../connection/reading-functions.ts';
import type { Waapi } from '../connection/waapi.ts';
import { withCall } from '../connection/with-call.ts';
import type { ProjectFacts } from '../project-facts.ts';
import { asChanges } from './changes/change.ts';
import {
  areLost,
  type Changed,
  canRollBack,
  remainingOf,
  rollBackEffects,
} from './changes/roll-back-effects.ts';
import { guardUndo } from './may-undo.ts';
import type { OthersAtWork } from './others-at-work.ts';
import type { UndoGate } from './undo-gate.ts';

export interface UndoableProjectParts {
  readonly waapi: Waapi;
  readonly facts: () => Promise<ProjectFacts>;
  readonly find: (command: string) => AnyCommand | undefined;
  readonly changeCount: () => number;
  readonly gate: UndoGate;
  readonly others: OthersAtWork;
  /** Looks for what others did to the files of the project, where the backend can. */
  readonly lookAtFiles?: (() => Promise<void>) | undefined;
  /** A path of an input as an absolute one of this machine. */
  readonly localPath: (path: string) => string;
  readonly projectFiles: ProjectFilesView;
}

export function createUndoableProject(parts: UndoableProjectParts): UndoableProject {
  const { waapi, facts, find, changeCount, gate, others, localPath, projectFiles } = parts;

  const access = { waapi, project: facts, lookAtFiles: parts.lookAtFiles };
  const claimsOfEffect = ({ command, input, output }: AppliedEffect): readonly JsonObject[] => {
    const known = find(command);
    const parsed = known?.input.safeParse(input);
    if (known === undefined || parsed?.success !== true) return [];
    return claimsOf(known, asJsonObject(parsed.data), output);
  };

  const openUndoGroup: UndoableProject['openUndoGroup'] = async (signal) => {
    const guard = await guardUndo(waapi, others);
    try {
      await waapi.call('ak.wwise.core.undo.beginGroup', {}, {}, { signal });
    } catch (thrown) {
      guard.end();
      throw thrown;
    }
    const link = waapi.linkCount;
    const close = async (uri: string, args: JsonObject): Promise<boolean> => {
      guard.end();
      try {
        await waapi.call(uri, args, {}, { link });
        return true;
      } catch (thrown) {
        if (waapi.linkCount === link && !isLinkReplaced(thrown)) throw thrown;
        return false;
      }
    };
    return {
      link,
      mayUndo: guard.mayUndo,
      end: (displayName) => close('ak.wwise.core.undo.endGroup', { displayName }),
      cancel: () => close('ak.wwise.core.undo.cancelGroup', { undo: true }),
    };
  };

  /** What rolls back an earlier run must not become part of another one's group. */
  const outsideGroups = async <T>(work: () => Promise<T>): Promise<T> => {
    const leave = await gate.enter(undefined);
    try {
      return await work();
    } finally {
      leave();
    }
  };

  const rollBack = async (effects: readonly AppliedEffect[]): Promise<readonly (string | null)[]> => {
    const group = await openUndoGroup().catch(() => undefined);
    try {
      return await rollBackEffects(effects.map(recordedOf), waapi);
    } finally {
      await group?.end('Roll back').catch(() => false);
    }
  };

  return {
    facts,
    get changeCount() {
      return changeCount();
    },
    takeTurn: (signal) => gate.openGroup(signal),
    takeTurnNow: gate.openGroupNow,
    openUndoGroup,
    undoOwn: () =>
      outsideGroups(async () => {
        if (waapi.undo?.isOwn('step') !== true) return false;
        try {
          await waapi.call('ak.wwise.core.undo.undo');
          return true;
        } catch (thrown) {
          // A history that is empty (creating a Work Unit ends it) undoes nothing.
          if (toWwiseFlowError(thrown).code === 'WAAPI_ERROR') return false;
          throw thrown;
        }
      }),
    redo: () => outsideGroups(() => waapi.call('ak.wwise.core.undo.redo').then(() => {})),
    hold: async (effects) => {
      if (effects.length === 0) return [];
      const verdicts = await verifyClaims(effects.map(claimsOfEffect), access);
      return verdicts.map(({ holds }) => holds);
    },
    remain: (effects) => remainingOf(effects.map(recordedOf), waapi),
    areLost: (effects) => areLost(effects.map(recordedOf), waapi),
    canRollBack: (effects) => canRollBack(effects.map(recordedOf)),
    get knowsUndo() {
      return waapi.undo !== undefined;
    },
    claimedIds: (effect) =>
      claimsOfEffect(effect).flatMap(({ kind, id }) =>
        kind === 'exists' && typeof id === 'string' ? [id] : [],
      ),
    rollBack: (effects) => outsideGroups(() => rollBack(effects)),
    playedFiles: async () => {
      const { players, isComplete } = await playedFiles(await facts(), waapi);
      // A log can be cleared: what was seen in it before, and what the backend knows of its files, counts too.
      const unreadable = await projectFiles.unreadable(true);
      const here = players.map(({ id, path }) => ({ id, path: localPath(path) }));
      return { players: here, isComplete: isComplete && unreadable.length === 0 };
    },
    inputFiles: (command, input) => {
      const known = find(command);
      const parsed = known?.input.safeParse(input);
      if (known === undefined || parsed?.success !== true) return [];
      return inputFilesOf(known, asJsonObject(parsed.data)).map(localPath);
    },
    writtenFiles: (command, output) => {
      const known = find(command);
      // What a journal kept of an earlier version may have another form.
      const parsed = known?.output.safeParse(output);
      if (known === undefined || parsed?.success !== true) return [];
      return writtenFilesOf(known, asJsonObject(parsed.data));
    },
  };
}

/** Records in a form that is not known here are none. */
function recordedOf({ changes }: Pick<AppliedEffect, 'changes'>): Changed {
  return { changes: asChanges(changes) };
}

/** The connection, and how many changing calls were answered over it. */
export function countChanges(connection: Waapi): { readonly waapi: Waapi; count(): number } {
  let changes = 0;
  const waapi = withCall(connection, async (uri, args, options, control) => {
    if (!onlyReads(uri)) changes += 1;
    return connection.call(uri, args, options, control);
  });
  return { waapi, count: () => changes };
}
