import { WwiseFlowError } from '../../../core/errors.ts';
import { projectsNear } from './find-projects.ts';

/** A Wwise that answers. */
export interface RunningWwise {
  readonly address: string;
  /** Null: no project is open in it. */
  readonly projectName: string | null;
}

/** What there is to choose from, and whom to ask. */
export interface TargetSources {
  readonly cwd: string;
  /** Looks for a Wwise on this machine; null where none answers. */
  lookForWwise(): Promise<RunningWwise | null>;
  /** Asks the person at the terminal; null where nobody is there. */
  readonly ask: ((question: string) => Promise<string>) | null;
}

/**
 * The options that lead to the project to work on: a .wproj near here or a running Wwise. The only one there is, else the one
 * that is chosen.
 * @throws WwiseFlowError INVALID_INPUT where there is none, or several and nobody to ask
 */
export async function chooseTargetOptions({
  cwd,
  lookForWwise,
  ask,
}: TargetSources): Promise<readonly string[]> {
  const wwise = await lookForWwise();
  const projects = projectsNear(cwd);
  const choices = [...(wwise === null ? [] : [throughWwise(wwise)]), ...projects.map(throughFile)];
  const [only] = choices;
  if (only === undefined) throw nothingFound(cwd);
  if (choices.length === 1) return only.options;
  if (ask === null) throw undecided(choices);
  const lines = choices.map(({ says }, index) => `  ${index + 1}  ${says}`);
  for (;;) {
    const answer = await ask(`Which project shall your agent work on?\n${lines.join('\n')}\nNumber: `);
    const chosen = choices[Number(answer.trim()) - 1];
    if (chosen !== undefined) return chosen.options;
  }
}

interface Choice {
  readonly says: string;
  readonly options: readonly string[];
}

function throughWwise({ address, projectName }: RunningWwise): Choice {
  const project = projectName === null ? 'whatever project is open in it' : `now with ${projectName}`;
  return { says: `the Wwise that is running, ${project}`, options: ['--wwise', address] };
}

function throughFile(filePath: string): Choice {
  return { says: `${filePath}, without Wwise`, options: ['--project', filePath] };
}

function nothingFound(cwd: string): WwiseFlowError {
  return new WwiseFlowError(
    'INVALID_INPUT',
    `There is no .wproj in or near ${cwd}, and no Wwise is running.`,
    {
      hint: 'Go to the folder of your Wwise project, or say --project FILE.wproj, or start Wwise and say --wwise ws://127.0.0.1:8080/waapi; `wwiseflow new Game/Game.wproj` makes an empty project.',
      details: { folder: cwd },
    },
  );
}

function undecided(choices: readonly Choice[]): WwiseFlowError {
  return new WwiseFlowError(
    'INVALID_INPUT',
    `There are ${choices.length} projects to choose from: ${choices.map(({ says }) => says).join('; ')}.`,
    {
      hint: `Say which one, as in ${choices[0]?.options.join(' ')}.`,
      details: { choices: choices.map(({ options }) => options.join(' ')) },
    },
  );
}
