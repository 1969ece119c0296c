import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { WwiseFlowError } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import { inTurns } from '../core/turns/turns.ts';
import { createEngine } from '../embedded/create-engine.ts';
import type { WaapiFunction } from '../embedded/functions/define-function.ts';
import { inProcessBackend } from '../embedded/in-process-backend.ts';
import { compareObjects } from '../embedded/project/compare/compare.ts';
import { fingerprintOf, forkProject, type ProjectFork } from '../embedded/project/compare/fork.ts';
import { openProject } from '../embedded/project/open-project.ts';
import type { OpenedProject } from '../embedded/project/opened-project.ts';
import { originalsState } from '../embedded/project/originals/originals-state.ts';
import { overlayMemo } from '../stores/overlay-memo.ts';
import { addKinds } from '../workflow/nodes/catalog.ts';
import type { NodeKind } from '../workflow/nodes/node-kind.ts';
import type { Fingerprint, ImageChanges, ImageSource, ProjectImage } from '../workflow/preview/image.ts';
import { createSourceFiles } from '../workflow/preview/source-files.ts';
import { createConnection } from '../wwise/connection/connection.ts';
import { inProcessLimitsMs } from '../wwise/connection/time-limits.ts';
import type { Waapi } from '../wwise/connection/waapi.ts';
import { type BusParts, createDispatcher } from '../wwise/create-dispatcher.ts';
import { createProjectFacts } from '../wwise/project-facts.ts';

/** Works on the project of the embedded engine while nothing is edited. */
export type HeldProject = <T>(work: (project: OpenedProject) => Promise<T>) => Promise<T>;

export interface ImageParts {
  /** The bus parts of the real bus; the image's bus differs in its connection and its stores. */
  readonly bus: BusParts;
  /** Kinds of nodes beside the usual ones. */
  readonly kinds?: readonly NodeKind[] | undefined;
  readonly functions: readonly WaapiFunction[];
  /** The project the embedded engine holds now, or null: Wwise says which one is open and it is read from disk. */
  readonly held: () => Promise<HeldProject | null>;
  readonly log: Log;
}

/** Images of the project that is open here or in Wwise. */
export function imageSource({ bus, kinds = [], functions, held: heldNow, log }: ImageParts): ImageSource {
  const look = async <T>(work: (base: Base) => Promise<T>): Promise<T> => {
    const held = await heldNow();
    return held === null
      ? work(await readFromDisk(bus.waapi, log))
      : held(async (project) => work(await heldProject(project, held)));
  };
  return {
    open: () =>
      look(async (base) => {
        try {
          const fork = await forkProject(base.project, log);
          const image = makeImage(fork, base, { ...bus, log }, functions);
          addKinds(image.bus, kinds);
          return image;
        } catch (failure) {
          base.close();
          throw failure;
        }
      }),
    fingerprint: () =>
      look(async (base) => {
        base.close();
        return base.fingerprint;
      }),
    originalsNow: (paths) => {
      const stateOf = originalsState();
      return Object.fromEntries(paths.map((path) => [path, stateOf(path)]));
    },
  };
}

/** The project an image is made of. */
interface Base {
  readonly project: OpenedProject;
  readonly fingerprint: Fingerprint;
  readonly warnings: readonly string[];
  /** Works while the project is not edited. */
  whileStill<T>(work: () => Promise<T>): Promise<T>;
  close(): void;
}

async function heldProject(project: OpenedProject, held: HeldProject): Promise<Base> {
  const warnings = project.isDirty
    ? [
        'The project has unsaved changes: they are part of the preview, but not of its diff. project_save would write them too.',
      ]
    : [];
  return {
    project,
    fingerprint: await fingerprintOf(project),
    warnings,
    whileStill: (work) => held(work),
    close: () => {},
  };
}

async function readFromDisk(waapi: Waapi, log: Log): Promise<Base> {
  const { filePath } = await createProjectFacts(waapi, log).get();
  if (!existsSync(filePath)) {
    throw new WwiseFlowError(
      'FILE_NOT_FOUND',
      `The project open in Wwise, ${filePath}, cannot be reached from this machine.`,
      {
        hint: 'A preview reads the project files: start WwiseFlow where they are or with --map-path LOCAL=WWISE, or look at the plan with workflow_compile instead.',
        details: { filePath },
      },
    );
  }
  const isDirty = await hasUnsavedChanges(waapi);
  const project = await openProject(filePath, { log, lock: false });
  return {
    project,
    fingerprint: { ...(await fingerprintOf(project)), 'unsaved changes in Wwise': String(isDirty) },
    warnings: isDirty === false ? [] : [isDirty === true ? unsaved : unknownIfSaved],
    whileStill: (work) => work(),
    close: () => project.close(),
  };
}

const unsaved =
  'Wwise has unsaved changes, which the project files do not show: the preview is of the project as it was last saved. Save first for an exact one.';
const unknownIfSaved =
  'This Wwise does not say whether it has unsaved changes: the preview is of the project as it was last saved.';

/** Null when this Wwise does not say: getProjectInfo came with 2022.1. */
async function hasUnsavedChanges(waapi: Waapi): Promise<boolean | null> {
  try {
    const { isDirty } = await waapi.call('ak.wwise.core.getProjectInfo');
    return typeof isDirty === 'boolean' ? isDirty : null;
  } catch {
    return null;
  }
}

function makeImage(
  fork: ProjectFork,
  base: Base,
  bus: BusParts,
  functions: readonly WaapiFunction[],
): ProjectImage {
  const engine = createEngine({
    openProject: fork.image,
    functions,
    // An image is in no work tree; what would be done to one is not tried.
    sourceControl: null,
    followDisk: false,
    log: bus.log,
  });
  const waapi = createConnection({
    open: async () => inProcessBackend(engine),
    timeLimitsMs: inProcessLimitsMs(),
    address: base.project.filePath,
    log: bus.log,
  });
  const sources = createSourceFiles();
  const unreadable = base.project.unreadableFiles();
  const duplicates = base.project.duplicateIds();
  const changes = async (): Promise<ImageChanges> => {
    const files = await fork.changedFiles();
    const paths = new Set(files.map(({ filePath }) => filePath));
    const comparison = compareObjects(base.project.model, fork.image.model, {
      before: (path) => paths.has(path),
      after: (path) => paths.has(fork.inProject(path)),
    });
    const objects = await base.whileStill(() => inTurns(comparison));
    return { objects, files, originals: fork.newOriginals(), isSavedAtOnce: fork.isSavedAtOnce };
  };
  return {
    bus: createDispatcher({
      ...bus,
      waapi,
      memo: overlayMemo(bus.memo),
      audit: noAudit,
      // An image is nobody else's.
      lookAtFiles: undefined,
      // Nothing is changed by changing an image.
      readOnly: false,
      files: {
        ...bus.files,
        // What the run itself would write is gone with the image.
        onRead: (path) => {
          if (!fork.holds(path)) sources.note(path);
        },
        // The image stands for the project, and no file of anybody is written for a preview.
        projectDirs: { dir: dirname(base.project.filePath), originalsDir: base.project.originalsDir },
        mayWrite: false,
      },
      // An image is made of what was read.
      projectFiles: {
        unreadable: async () => unreadable,
        duplicates: async () => duplicates,
        // A preview is of edits: a repair writes files.
        repair: async () => null,
        health: (withAudio) => inTurns(fork.image.health(withAudio)),
      },
      // What it does to files cannot be previewed.
      consolePath: null,
      recoveries: undefined,
    }),
    fingerprint: base.fingerprint,
    sources: sources.fingerprint,
    originalsLookedAt: fork.originalsLookedAt,
    warnings: base.warnings,
    changes,
    onlyHere: ({ uri }) =>
      uri === 'ak.wwise.unavailable' ? 'uses a function that only Wwise itself has' : undefined,
    inProjectPaths: fork.inProjectPaths,
    async close() {
      await waapi.close();
      await engine.close();
      fork.close();
      base.close();
    },
  };
}

/** What is tried out on an image did not happen. */
const noAudit: BusParts['audit'] = {
  append: async () => {},
  recent: async () => [],
  query: async () => ({ records: [], cursor: null }),
  count: async () => 0,
  forgetBefore: async () => 0,
};
