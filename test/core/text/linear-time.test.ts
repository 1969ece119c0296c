import { describe, expect, it } from 'vitest';
import { windowsNameProblem } from '../../../src/core/files/windows-name.ts';
import { withoutEnding } from '../../../src/core/text/without-ending.ts';
import { nearestValidName } from '../../../src/embedded/model/naming/name-rules.ts';
import { createUploads } from '../../../src/facades/http/server/uploads.ts';
import { tidyDesignator } from '../../../src/wwise/objects/finding/object-designator.ts';
import { cpuTimeMs } from '../../harness/cpu-time.ts';
import { withEngine } from '../../harness/engine.ts';
import { tempDir } from '../../harness/temp-dir.ts';

const long = (text: string): string => text.repeat(Math.ceil(2_000_000 / text.length));
const stateDir = tempDir('linear-time');

/** Any of them took minutes where an expression went over the same characters again for each of them. */
describe('a text of two million characters', () => {
  it.each([
    ['as the name of a file', () => windowsNameProblem(`${long(' ')}x`)],
    ['as the name of an Event', () => nearestValidName(`a${long('_')}!x`, 'Event')],
    ['as the path of an object, with brackets', () => tidyDesignator(`\\Containers\\${long('[')}`)],
    ['as the path of an object, with closed brackets', () => tidyDesignator(`\\A/${long('[')}]/B`)],
    [
      'as the name of a file that is sent',
      () => createUploads(stateDir).keep('default', `${long('. ')}x`, Buffer.alloc(1)),
    ],
    [
      'as the value of a property',
      () =>
        withEngine(async ({ refused }) => {
          const object = '\\Containers\\Default Work Unit';
          await refused('object.setProperty', { object, property: 'Volume', value: `${long('0')}x` });
        }),
    ],
  ])('is worked on in linear time: %s', async (_, work) => {
    const beganMs = cpuTimeMs(process.pid);
    await work();
    expect(cpuTimeMs(process.pid) - beganMs).toBeLessThan(10_000);
  });

  it('loses what it ends with', () => {
    expect([withoutEnding('a. . ', '. '), withoutEnding('...', '.'), withoutEnding('', '.')]).toEqual([
      'a',
      '',
      '',
    ]);
  });
});
