import { nextTurn } from '../../src/core/turns/turns.ts';
import type { FunctionContext } from '../../src/embedded/functions/define-function.ts';
import { createAddOnCommands } from '../../src/embedded/instance/add-on-commands.ts';
import { createSelection } from '../../src/embedded/instance/selection.ts';
import { createTransports } from '../../src/embedded/instance/transports.ts';
import { createWwiseLog } from '../../src/embedded/instance/wwise-log.ts';
import type { OpenedProject } from '../../src/embedded/project/opened-project.ts';

/** What the engine gives a function, for one called without the engine around it. */
export function functionContext(project: OpenedProject): FunctionContext {
  return {
    project,
    instance: {
      log: createWwiseLog(() => undefined),
      transports: createTransports(() => undefined),
      selection: createSelection(),
      addOnCommands: createAddOnCommands(),
      sourceControl: null,
      projectPath: project.filePath,
      openProject: async () => undefined,
      readAgain: async () => undefined,
      closeProject: () => false,
    },
    publish: () => undefined,
    pause: nextTurn,
    giveWay: nextTurn,
    sessionId: 1,
    functionUris: [],
    topicUris: [],
  };
}
