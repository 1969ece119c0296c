import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, hashJson } from '../../src/core/canonical-json.ts';
import type { Json } from '../../src/core/json.ts';

describe('canonical JSON', () => {
  it('is the text of the RFC 8785 library for any value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        expect(canonicalJson(value as Json)).toBe(canonicalize(value));
      }),
      { numRuns: 500 },
    );
  });

  it('does so for texts of every kind', () => {
    const text = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(fc.dictionary(text, text), text, (members, lone) => {
        expect(canonicalJson({ members, lone })).toBe(canonicalize({ members, lone }));
      }),
      { numRuns: 500 },
    );
  });

  it('orders members by UTF-16 code units and writes numbers as ECMAScript does', () => {
    expect(
      canonicalJson({
        '\u20ac': 1e21,
        '\r': -0,
        '1': 0.000001,
        '\ufb33': 1e-7,
        '\u{1f600}': [null, true],
        ö: '\u0007',
      }),
    ).toBe('{"\\r":0,"1":0.000001,"ö":"\\u0007","\u20ac":1e+21,"\u{1f600}":[null,true],"\ufb33":1e-7}');
  });

  it('leaves out absent members, so that they change no hash', () => {
    expect(hashJson({ a: 1, b: undefined })).toBe(hashJson({ a: 1 }));
  });

  it('refuses what has no text', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, '\ud800']) {
      expect(() => canonicalJson({ value })).toThrow(TypeError);
    }
  });
});
