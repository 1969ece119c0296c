import { describe, expect, it } from 'vitest';
import { parseArgv } from '../../src/config/parse-argv.ts';

const subcommandOf = (...argv: readonly string[]) => parseArgv(argv, '1.0.0').subcommand;

describe('an answer at a terminal', () => {
  it('may begin like a negative number, wherever it stands', () => {
    for (const argv of [
      ['answer', 'exec_1', '-6 dB'],
      ['answer', 'exec_1', '--', '-6 dB'],
      ['answer', 'exec_1', '-6 dB', '--json'],
      ['answer', '--question', 'ask#1', 'exec_1', '-6 dB'],
      ['--read-only', 'answer', 'exec_1', '-6 dB'],
    ])
      expect(subcommandOf(...argv), argv.join(' ')).toMatchObject({
        ...{ kind: 'answer', executionId: 'exec_1', text: '-6 dB' },
      });
  });

  it('may be data that is a negative number', () => {
    expect(subcommandOf('answer', 'exec_1', '--data', '-6')).toMatchObject({ data: -6, text: undefined });
  });

  it('that is an option which there is not is refused', () => {
    expect(() => subcommandOf('answer', 'exec_1', '-quiet')).toThrow(/unknown option/);
  });
});

describe('the state that runs are listed by', () => {
  it('is distinguished from the directory', () => {
    const { subcommand, settings } = parseArgv(['runs', '--state', 'waiting'], '1.0.0');
    expect(subcommand).toMatchObject({ kind: 'runs', state: 'waiting' });
    expect(settings.has('state')).toBe(false);
    for (const dir of ['./waiting', './waitng', 'state', '/tmp/done']) {
      const said = parseArgv(['runs', '--state', dir], '1.0.0');
      expect([dir, said.subcommand]).toEqual([dir, expect.objectContaining({ state: undefined })]);
      expect(said.settings.size).toBe(1);
    }
  });

  it('is refused where it is mistyped, and no directory is made of it', () => {
    for (const state of ['waitng', 'Done', 'faild', 'suspend'])
      expect(() => parseArgv(['runs', '--state', state], '1.0.0'), state).toThrow(/waiting/);
    expect(() => parseArgv(['runs', '--state=waitng'], '1.0.0')).toThrow(/waiting/);
  });
});
