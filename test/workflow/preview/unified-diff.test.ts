import { applyPatch } from 'diff';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unifiedDiff } from '../../../src/workflow/preview/unified-diff.ts';

describe('a unified diff', () => {
  it('shows a changed line with three lines around it', () => {
    const lines = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];
    const { added, removed, hunks } = unifiedDiff(lines.join('\n'), lines.join('\n').replace('5', 'five'));
    expect({ added, removed }).toEqual({ added: 1, removed: 1 });
    expect(hunks).toEqual(['@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8']);
  });

  it('is empty for equal texts, and whole for a file that is new or gone', () => {
    expect(unifiedDiff('a\n', 'a\n').hunks).toEqual([]);
    expect(unifiedDiff(null, 'a\nb\n').hunks).toEqual(['@@ -0,0 +1,2 @@\n+a\n+b']);
    expect(unifiedDiff('a\nb\n', null).hunks).toEqual(['@@ -1,2 +0,0 @@\n-a\n-b']);
  });

  it('is always a patch that leads from one text to the other', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', 'c', '<x/>'), { maxLength: 40 })
      .map((lines) => lines.map((line) => `${line}\n`).join(''));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const { hunks } = unifiedDiff(before, after);
        const patch = `--- a\n+++ b\n${hunks.map((hunk) => `${hunk}\n`).join('')}`;
        expect(hunks.length === 0 ? before : applyPatch(before, patch)).toBe(after);
      }),
    );
  });

  it('is still a patch, with context, where far too many lines differ for the shortest', () => {
    const text = (mark: string) =>
      ['<Head/>', ...Array.from({ length: 4_000 }, (_, at) => `${mark}${at}`), '<Foot/>']
        .map((line) => `${line}\n`)
        .join('');
    const { added, removed, hunks } = unifiedDiff(text('a'), text('b'));
    expect({ added, removed, hunks: hunks.length }).toEqual({ added: 4_000, removed: 4_000, hunks: 1 });
    expect(applyPatch(text('a'), `--- a\n+++ b\n${hunks[0]}\n`)).toBe(text('b'));
  });
});
