import { settings } from '../settings.ts';

/**
 * Arguments in which the `-6 dB` of `answer` is no option: what begins like a negative number comes behind `--`, where it is a text.
 * What is the value of an option stays where it is.
 */
export function withAnswerText(argv: readonly string[]): readonly string[] {
  const subcommand = argv.indexOf('answer');
  if (subcommand === -1 || argv.includes('--')) return argv;
  const at = argv.findIndex(
    (argument, index) => index > subcommand && /^-[\d.,]/.test(argument) && !takesValue(argv[index - 1]),
  );
  const text = argv[at];
  return text === undefined ? argv : [...argv.slice(0, at), ...argv.slice(at + 1), '--', text];
}

/** Options of `answer` without a value. Any other one has what follows it, or has it behind an equals sign. */
const switches: ReadonlySet<string> = new Set([
  ...['--json', '--verbose', '--decline'],
  ...settings.flatMap(({ kind, flag }) => (kind === 'switch' ? [flag] : [])),
]);

function takesValue(argument: string | undefined): boolean {
  return argument?.startsWith('--') === true && !switches.has(argument) && !argument.includes('=');
}
