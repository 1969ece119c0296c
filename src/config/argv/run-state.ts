import { runsWanted } from '../../core/run-states.ts';
import { mistyped } from '../../core/text/nearest.ts';

/**
 * Arguments in which the `--state waiting` of `runs` is `--run-state waiting`: before and after a subcommand `--state` is the
 * directory, which may be said too. A directory with the name of a state, or one that is nearly that, is said as ./waiting: of a
 * mistyped state a directory would be made.
 */
export function withRunState(argv: readonly string[]): readonly string[] {
  const subcommand = argv.indexOf('runs');
  return subcommand === -1
    ? argv
    : argv.map((argument, at) => {
        if (at < subcommand) return argument;
        if (argument === '--state' && isState(argv[at + 1])) return '--run-state';
        const [flag, state] = argument.split('=');
        return flag === '--state' && isState(state) ? `--run-state=${state}` : argument;
      });
}

function isState(text: string | undefined): boolean {
  if (text === undefined || /[./\\]/.test(text)) return false;
  return runsWanted.some((state) => state === text) || mistyped(text, runsWanted).length > 0;
}
