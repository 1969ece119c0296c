import { applyPatch } from 'diff';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unifiedDiff } from '../../../src/workflow/preview/unified-diff.ts';
import { inLongTurns } from '../../harness/long-turns.ts';

describe('a unified diff', () => {
  it('shows a changed line with three lines around it', async () => {
    const lines = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];
    const { added, removed, hunks } = await unifiedDiff(
      lines.join('\n'),
      lines.join('\n').replace('5', 'five'),
    );
    expect({ added, removed }).toEqual({ added: 1, removed: 1 });
    expect(hunks).toEqual(['@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8']);
  });

  it('is empty for equal texts, and whole for a file that is new or gone', async () => {
    expect((await unifiedDiff('a\n', 'a\n')).hunks).toEqual([]);
    expect((await unifiedDiff(null, 'a\nb\n')).hunks).toEqual(['@@ -0,0 +1,2 @@\n+a\n+b']);
    expect((await unifiedDiff('a\nb\n', null)).hunks).toEqual(['@@ -1,2 +0,0 @@\n-a\n-b']);
  });

  it('is always a patch that leads from one text to the other', async () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', 'c', '<x/>'), { maxLength: 40 })
      .map((lines) => lines.map((line) => `${line}\n`).join(''));
    await fc.assert(
      fc.asyncProperty(text, text, async (before, after) => {
        const { hunks } = await unifiedDiff(before, after);
        const patch = `--- a\n+++ b\n${hunks.map((hunk) => `${hunk}\n`).join('')}`;
        expect(hunks.length === 0 ? before : applyPatch(before, patch)).toBe(after);
      }),
    );
  });

  it('is still a patch, with context, where far too many lines differ for the shortest', async () => {
    const text = (mark: string) =>
      ['<Head/>', ...Array.from({ length: 4_000 }, (_, at) => `${mark}${at}`), '<Foot/>']
        .map((line) => `${line}\n`)
        .join('');
    const { added, removed, hunks } = await unifiedDiff(text('a'), text('b'));
    expect({ added, removed, hunks: hunks.length }).toEqual({ added: 4_000, removed: 4_000, hunks: 1 });
    expect(applyPatch(text('a'), `--- a\n+++ b\n${hunks[0]}\n`)).toBe(text('b'));
  });

  it('of large texts is one too, and others get their turn between its edits', async () => {
    const lines = Array.from({ length: 20_000 }, (_, at) => `<Property Name="Volume" Value="${at}"/>\n`);
    const changed = lines.map((line, at) => (at % 40 === 0 ? line.replace('Volume', 'Pitch') : line));
    let turns = 0;
    let isOver = false;
    const others = (): void => {
      turns += 1;
      if (!isOver) setImmediate(others);
    };
    setImmediate(others);
    const { added, hunks } = await inLongTurns(() => unifiedDiff(lines.join(''), changed.join('')));
    isOver = true;
    expect(added).toBe(500);
    expect(turns).toBeGreaterThan(20);
    expect(applyPatch(lines.join(''), `--- a\n+++ b\n${hunks.join('\n')}\n`)).toBe(changed.join(''));
  });
});
