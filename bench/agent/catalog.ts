import type { AgentTask } from './task.ts';
import { empty } from './tasks/empty.ts';
import { firstDay } from './tasks/first-day.ts';
import { footsteps } from './tasks/footsteps.ts';
import { gameObjects } from './tasks/game-objects.ts';
import { gameValues } from './tasks/game-values.ts';
import { inTurns } from './tasks/in-turns.ts';
import { lookAlikes } from './tasks/look-alikes.ts';
import { wrongWishes } from './tasks/wrong-wishes.ts';

/** Everything that is asked for, the whole day first. */
export const agentTasks: readonly AgentTask[] = [
  firstDay,
  ...gameObjects,
  ...gameValues,
  ...footsteps,
  ...empty,
  ...wrongWishes,
  ...lookAlikes,
  ...inTurns,
];
