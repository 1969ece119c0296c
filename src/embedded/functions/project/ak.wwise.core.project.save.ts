import { defineFunction } from '../define-function.ts';

/** Writes the changed files. Refuses, writing nothing, when one of them changed on disk since it was read. */
export const coreProjectSave = defineFunction({
  uri: 'ak.wwise.core.project.save',
  async run(_args, _options, { project, pause, giveWay }) {
    await project.saveInTurns(pause, giveWay);
    return {};
  },
});
