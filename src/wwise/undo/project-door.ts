import type { AnyCommand } from '../../bus/command.ts';
import { verifyClaims } from '../../bus/memo/verify-claims.ts';
import { claimsOf, inputFilesOf } from '../../bus/untyped-command.ts';
import { asJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { isLinkReplaced } from '../../wwise/connection/call-errors.ts';
import { onlyReads } from '../../wwise/connection/reading-functions.ts';
import type { Waapi } from '../../wwise/connection/waapi.ts';
import { withCall } from '../../wwise/connection/with-call.ts';
import { type PlayedFiles, playedFiles } from '../audio/played-files.ts';
import type { ProjectFilesView } from '../files/project-files.ts';
import type { ProjectFacts } from '../project-facts.ts';
import { type Changed, canTakeBack, type Effect, remainingOf, takeBackEffects } from './changes/take-back.ts';
import { guardUndo } from './may-undo.ts';
import type { OthersAtWork } from './others-at-work.ts';
import type { UndoGate } from './undo-gate.ts';

/** What a run needs of the project beyond its commands: undo, checking, taking back. Rejects like Waapi. */
export interface ProjectDoor {
  facts(): Promise<ProjectFacts>;
  /** Changing calls answered so far, whoever made them over this bus: tells whether a run is still the last thing done. */
  readonly changeCount: number;
  /**
   * Waits until nobody else changes the project, and keeps everybody out until the turn is given back. Rejects with CANCELLED
   * when the signal aborts meanwhile.
   */
  takeTurn(signal?: AbortSignal): Promise<() => void>;
  /** The same at once: undefined when somebody else changes the project. */
  takeTurnNow(): (() => void) | undefined;
  /** Opens an undo group. Only in a turn: on its one connection Wwise puts every change into the group that is open. */
  openUndoGroup(signal?: AbortSignal): Promise<UndoGroup>;
  /**
   * Takes back the last step of Wwise's history, where it is known to hold nothing of others; false when it is not, or there
   * is none.
   */
  undoOwn(): Promise<boolean>;
  /** Does again what was undone last. */
  redo(): Promise<void>;
  /** Whether what these effects achieved holds in the project, each for itself; one query for all. */
  hold(effects: readonly Effect[]): Promise<readonly boolean[]>;
  /**
   * Whether what these effects did is still in the project, each for itself: false once it was read back as before, else a
   * sentence on what was not; undefined where nothing tells.
   */
  remain(effects: readonly Effect[]): Promise<readonly (false | string | undefined)[]>;
  /** Whether the backend knows who made what is in the undo history. */
  readonly knowsUndo: boolean;
  /** Whether all of what these did can be taken back without Wwise's undo. Asks nothing. */
  canTakeBack(effects: readonly Changed[]): boolean;
  /** GUIDs of the objects an effect claims to have made or found. */
  claimedIds(effect: Effect): readonly string[];
  /** Takes effects back one by one, in this order; for each null, or why it could not be. */
  takeBack(effects: readonly Effect[]): Promise<readonly (string | null)[]>;
  /** Local paths of the Originals that some source plays, and whether every file of the project could be asked. */
  playedFiles(): Promise<PlayedFiles>;
  /** Local paths of the files that belong to a command's input; empty for a command without files. */
  inputFiles(command: string, input: Json): readonly string[];
}

export interface UndoGroup {
  /** The link it is open on; changes sent over another one are not in it. */
  readonly link: number | undefined;
  /** Whether `cancel` takes nothing of others, as far as that can be known, and is needed: see UndoGuard. */
  mayUndo(canRevert: boolean): Promise<boolean>;
  /** Closes the group as one step of this name. False when the link broke meanwhile: the group is gone. */
  end(displayName: string): Promise<boolean>;
  /** Closes the group and takes everything in it back. False when the link broke meanwhile: nothing was taken back. */
  cancel(): Promise<boolean>;
}

export interface ProjectDoorParts {
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

export function createProjectDoor(parts: ProjectDoorParts): ProjectDoor {
  const { waapi, facts, find, changeCount, gate, others, localPath, projectFiles } = parts;

  const access = { waapi, project: facts, lookAtFiles: parts.lookAtFiles };
  const claimsOfEffect = ({ command, input, output }: Effect): readonly JsonObject[] => {
    const known = find(command);
    const parsed = known?.input.safeParse(input);
    if (known === undefined || parsed?.success !== true) return [];
    return claimsOf(known, asJsonObject(parsed.data), output);
  };

  const openUndoGroup: ProjectDoor['openUndoGroup'] = async (signal) => {
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

  /** What takes back an earlier run must not become part of another one's group. */
  const outsideGroups = async <T>(work: () => Promise<T>): Promise<T> => {
    const leave = await gate.enter(undefined);
    try {
      return await work();
    } finally {
      leave();
    }
  };

  const takeBack = async (effects: readonly Effect[]): Promise<readonly (string | null)[]> => {
    const group = await openUndoGroup().catch(() => undefined);
    try {
      return await takeBackEffects(effects, waapi);
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
        await waapi.call('ak.wwise.core.undo.undo');
        return true;
      }),
    redo: () => outsideGroups(() => waapi.call('ak.wwise.core.undo.redo').then(() => {})),
    hold: async (effects) => {
      if (effects.length === 0) return [];
      const verdicts = await verifyClaims(effects.map(claimsOfEffect), access);
      return verdicts.map(({ holds }) => holds);
    },
    remain: (effects) => remainingOf(effects, waapi),
    canTakeBack,
    get knowsUndo() {
      return waapi.undo !== undefined;
    },
    claimedIds: (effect) =>
      claimsOfEffect(effect).flatMap(({ kind, id }) =>
        kind === 'exists' && typeof id === 'string' ? [id] : [],
      ),
    takeBack: (effects) => outsideGroups(() => takeBack(effects)),
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
  };
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
