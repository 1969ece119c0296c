import type { ProjectFilesView } from '../core/backend/project-files.ts';
import { WwiseFlowError } from '../core/errors.ts';
import { inTurns } from '../core/turns/turns.ts';
import type { Engine } from '../embedded/engine.ts';

/** What the embedded engine knows about the files of its project; `shared`: the same asked of the process that has it. */
export function filesOfEngine(
  open: () => Promise<Engine | null>,
  shared: ProjectFilesView,
): ProjectFilesView {
  return {
    async unreadable(fresh) {
      const engine = await open();
      if (engine === null) return shared.unreadable(fresh);
      if (fresh) await engine.upToDate();
      return engine.unreadableFiles();
    },
    async duplicates() {
      const engine = await open();
      return engine === null ? shared.duplicates() : ((await engine.upToDate())?.duplicateIds() ?? []);
    },
    async health(withAudio) {
      const engine = await open();
      if (engine === null) return shared.health(withAudio);
      await engine.upToDate();
      return engine.whileStill(async (project) =>
        project === null ? [] : inTurns(project.health(withAudio)),
      );
    },
    async repair(action, files) {
      const { repairDuplicates } = await import('../embedded/project/health/repair-duplicates.ts');
      const engine = await open();
      if (engine === null) return shared.repair(action, files);
      await engine.upToDate();
      const done = await engine.whileStill(async (project) => {
        if (project === null) return null;
        if (action !== 'look' && project.isDirty) throw unsavedBefore(project.filePath);
        return repairDuplicates(project.filePath, project.bounds, action, files);
      });
      await engine.upToDate();
      return done;
    },
  };
}

function unsavedBefore(filePath: string): WwiseFlowError {
  return new WwiseFlowError(
    'CONFIRMATION_REQUIRED',
    `${filePath} has unsaved edits, which a repair on disk would not see.`,
    {
      hint: 'Save or undo them first, then repair.',
      details: { filePath },
    },
  );
}
