import { bold, cyan, line } from './draw/paint.ts';
import type { Print } from './print.ts';

/** What somebody reads who starts the program by hand, with nothing said. */
export function printWelcome(
  { version, command, clients }: { version: string; command: string; clients: readonly string[] },
  print: Print,
): void {
  print(
    line`${bold(`WwiseFlow ${version}`)}: your AI agent edits Wwise projects, and shows every change before it is made.`,
  );
  print('');
  print('Your agent starts it by itself. Set that up once, in the folder of your Wwise project:');
  print(line`  ${cyan(`${command} init CLIENT`)}`);
  print(line`where CLIENT is one of ${clients.join(', ')}. Then ask your agent:`);
  print('  "What is in my Wwise project?"');
  print('');
  print(line`  ${cyan(`${command} doctor`)}   what is reachable, and what to do where it is not`);
  print(line`  ${cyan(`${command} --help`)}   everything else`);
}

/** What somebody reads who starts the server by hand: its words are the protocol's, so it would say nothing. */
export function printServing(command: string, print: Print): void {
  print(
    'WwiseFlow is ready: it speaks MCP on its standard input, for the client of an agent. Ctrl+C ends it.',
  );
  print(line`  ${cyan(`${command} init CLIENT`)}   lets your agent start it by itself`);
  print(line`  ${cyan(`${command} doctor`)}        what is reachable, and what to do where it is not`);
}
