import { stripVTControlCharacters } from 'node:util';
import { beforeEach, describe, expect, it } from 'vitest';
import { parseArgv } from '../../../src/config/parse-argv.ts';
import { clients } from '../../../src/facades/cli/init/clients.ts';
import { printTo } from '../../../src/facades/cli/print.ts';
import { printServing, printWelcome } from '../../../src/facades/cli/welcome.ts';

let out = '';
const print = printTo((text) => {
  out += stripVTControlCharacters(text);
});
beforeEach(() => {
  out = '';
});
const names = clients.map(({ name }) => name);
/** What is said after the program's own name, up to the words that explain it. */
const commandsIn = (text: string) =>
  [...text.matchAll(/^ {2}npx wwiseflow (\S+(?: \S+)*)/gm)].map(([, words = '']) => words.split(' '));

describe('who starts the program with nothing said', () => {
  beforeEach(() => printWelcome({ version: '1.2.3', command: 'npx wwiseflow', clients: names }, print));

  it('reads what it is, and to set it up first', () => {
    expect(out).toMatch(/^WwiseFlow 1\.2\.3: your AI agent edits Wwise projects/);
    expect(out.indexOf('npx wwiseflow init CLIENT')).toBeGreaterThan(0);
    expect(out.indexOf('npx wwiseflow doctor')).toBeGreaterThan(out.indexOf('npx wwiseflow init CLIENT'));
    expect(out).toContain('"What is in my Wwise project?"');
  });

  it('reads every client there is to choose from', () => {
    expect(out).toContain(`where CLIENT is one of ${names.join(', ')}. Then ask your agent:`);
  });

  it('reads only commands that the program takes', () => {
    const commands = commandsIn(out);
    expect(commands).toEqual([['init', 'CLIENT'], ['doctor'], ['--help']]);
    const kinds = commands.map((words) => {
      const argv = words.map((word) => (word === 'CLIENT' ? 'cursor' : word));
      return parseArgv(argv, '1.2.3').subcommand.kind;
    });
    expect(kinds).toEqual(['init', 'doctor', 'print']);
  });
});

describe('who starts the server at a terminal', () => {
  it('reads why it is silent, how to end it, and what he may have meant', () => {
    printServing('npx wwiseflow', print);
    expect(out).toMatch(/speaks MCP on its standard input.*Ctrl\+C ends it\.\n/);
    expect(commandsIn(out)).toEqual([['init', 'CLIENT'], ['doctor']]);
  });

  it('reads a command as it is, whatever its path would do to a terminal', () => {
    const written: string[] = [];
    printServing(
      'node a\u001b[2Jb.js',
      printTo((text) => written.push(text)),
    );
    expect(written.join('')).not.toContain('\u001b[2J');
  });
});
