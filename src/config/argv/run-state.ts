import { runsWanted } from '../../core/run-states.ts';

/**
 * Arguments in which the `--state waiting` of `runs` is `--run-state waiting`: before and after a subcommand `--state` is the
 * directory, which may be said too. A directory with the name of a state is said as ./waiting.
 */
export function withRunState(argv: readonly string[]): readonly string[] {
  const subcommand = argv.indexOf('runs');
  const isWanted = (text: string | undefined): boolean => runsWanted.some((state) => state === text);
  return subcommand === -1
    ? argv
    : argv.map((argument, at) => {
        if (at < subcommand) return argument;
        if (argument === '--state' && isWanted(argv[at + 1])) return '--run-state';
        const [flag, state] = argument.split('=');
        return flag === '--state' && isWanted(state) ? `--run-state=${state}` : argument;
      });
}
