import { describe, expect, it } from 'vitest';
import { shortIdOfGuid, shortIdOfName } from '../../../../src/embedded/model/ids/short-id.ts';
import { parseValue, printValue } from '../../../../src/embedded/model/types/value-text.ts';

describe('short ids', () => {
  it('of objects are the folded FNV-1 hash of the GUID, as Wwise wrote them', () => {
    expect(shortIdOfGuid('{CFA8D73A-A739-440C-B055-D3AC811A3742}')).toBe(216066335);
    expect(shortIdOfGuid('{34D892D4-4DE8-48E8-85FC-6E759AC4A6E3}')).toBe(127512429);
  });

  it('of named things hash the lower-cased name', () => {
    expect(shortIdOfName('Play_Hello')).toBe(shortIdOfName('PLAY_HELLO'));
    expect(shortIdOfName('Main Audio Bus')).toBeLessThan(2 ** 32);
  });
});

describe('property values in a file', () => {
  it('print as Wwise prints them', () => {
    expect(printValue('Real32', 0.667)).toBe('0.667');
    expect(printValue('Real64', 0.415094348619569)).toBe('0.415094348619569');
    expect(printValue('Real64', 2.22044604925031e-16)).toBe('2.22044604925031E-16');
    expect(printValue('Real64', -0)).toBe('0');
    expect(printValue('Real32', 16777216)).toBe('1.677722E+07');
    expect(printValue('bool', true)).toBe('True');
    expect(printValue('int32', -1200)).toBe('-1200');
  });

  it('read back to what they were', () => {
    expect(parseValue('bool', 'False')).toBe(false);
    expect(parseValue('Real64', '-6.5')).toBe(-6.5);
    expect(parseValue('string', '007')).toBe('007');
  });
});
