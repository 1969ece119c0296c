import { expect, it } from 'vitest';
import { drawQuestion } from '../../../src/facades/cli/draw/draw-run.ts';
import { printTo } from '../../../src/facades/cli/print.ts';

it('a question of several lines is printed line by line, without what a terminal would act upon', () => {
  let printed = '';
  const print = printTo((text) => {
    printed += text;
  });
  const prompt = 'Is all of this right?\nName: Step\u001b[31m\nVolume: -6 dB';
  drawQuestion({ node: 'ask', question: 'ask#6', prompt, choices: ['yes', 'no'] }, print);
  expect(printed.split('\n')).toEqual([
    '  ask#6  Is all of this right?',
    '    Name: Step\\u001b[31m',
    '    Volume: -6 dB',
    '    yes | no',
    '',
  ]);
});
