import { describe, expect, it } from 'vitest';
import { windowsNameProblem } from '../../../src/core/files/windows-name.ts';

describe('a name of a file on Windows', () => {
  it.each([
    'step.wav',
    'Main Audio Bus.wwu',
    'COM.wav',
    'console.wav',
    'com10.wav',
    '.hidden',
    'Größe 2.wav',
    'a..b',
  ])('may be %s', (name) => {
    expect(windowsNameProblem(name)).toBeUndefined();
  });

  it.each([
    ['', 'is empty'],
    ['a:b.wav', 'holds the character :'],
    ['what?.wav', 'holds the character ?'],
    ['a\tb.wav', 'holds a control character'],
    ['step.', 'ends with a dot'],
    ['step ', 'ends with a blank'],
    ['CON', 'is a name that Windows keeps for itself (CON)'],
    ['nul.wav', 'is a name that Windows keeps for itself (nul)'],
    ['Lpt1.tar.gz', 'is a name that Windows keeps for itself (Lpt1)'],
    ['aux .wav', 'is a name that Windows keeps for itself (aux)'],
    ['com².wav', 'is a name that Windows keeps for itself (com²)'],
    ['x'.repeat(256), 'is longer than 255 characters'],
  ])('cannot be "%s"', (name, problem) => {
    expect(windowsNameProblem(name)).toBe(problem);
  });
});
