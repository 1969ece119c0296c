import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseWwu } from '../../../src/embedded/wwu/parse.ts';
import { printWwu } from '../../../src/embedded/wwu/print.ts';
import { element, type WwuElement } from '../../../src/embedded/wwu/tree.ts';
import { writeEraProject } from '../../harness/era-project.ts';
import { fuzzBounds } from '../../harness/fuzz/bounds.ts';
import { fuzzWwu, survives } from '../../harness/fuzz/wwu.ts';
import { tempDir } from '../../harness/temp-dir.ts';

const dir = tempDir('fuzz');

/** Files of a year with LF and of one with CRLF, and every form a file can take in a few lines. */
function corpus(): Buffer[] {
  for (const schema of [80, 97, 133] as const) writeEraProject(dir, schema);
  const files = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(wproj|wwu)$/.test(name),
  );
  const everyForm = [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<A n="a &amp; &quot;" m=\'x\'>',
    '\t<E a="b">\t\t<PluginData><X/></PluginData>',
    '\t</E>',
    '\t<M><![CDATA[.cache]]></M>',
    '\t<!-- c --><N><!-- only --></N>',
    '\t<Value></Value><Comment>x &lt; y</Comment>',
    '</A>',
    '',
  ].join('\n');
  return [...files.map((name) => readFileSync(join(dir, name))), Buffer.from(everyForm)];
}

describe('a broken file', () => {
  const bounds = fuzzBounds({ few: 2000, many: 200_000 });

  it('is refused with its place or prints back to the byte, however it is broken', () => {
    const end = Date.now() + bounds.limitMs;
    const until = () => Date.now() > end;
    const { tried, parsed } = fuzzWwu(corpus(), { seed: bounds.seed, tries: bounds.inputs, until });
    expect(tried).toBeGreaterThan(1_000);
    expect(parsed).toBeGreaterThan(tried / 20);
    bounds.report('files', { tried, parsed });
  });

  it('may be nested deeper than any stack', () => {
    expect(survives(Buffer.from('<a>'.repeat(200_000)))).toBe(false);
    const deep = `${'<a>'.repeat(200_000)}${'</a>'.repeat(200_000)}`;
    expect(() => parseWwu(Buffer.from(deep))).toThrow('elements nested deeper than 500');
  });

  it('may hold nothing but a comment in an element', () => {
    expect(survives(Buffer.from('<A>\n\t<B><!-- later --></B>\n</A>'))).toBe(true);
  });
});

describe('a tree made by edits', () => {
  const text = fc.string({
    unit: fc.constantFrom('a', 'é', '音', '😀', '&', '<', '>', '"', "'", ' ', '\n', '\r\n', '\t', ']]>'),
    minLength: 1,
    maxLength: 12,
  });
  const name = fc.constantFrom('Sound', 'Property', 'Value', 'Comment', 'ChildrenList', 'X-1.b');
  const { tree } = fc.letrec<{ tree: WwuElement }>((tie) => ({
    tree: fc
      .tuple(
        name,
        fc.dictionary(fc.constantFrom('Name', 'ID', 'Type'), text),
        fc.oneof({ depthSize: 'small' }, fc.constant(null), text, fc.array(tie('tree'), { maxLength: 4 })),
      )
      .map(([named, attributes, content]) => element(named, attributes, content)),
  }));

  it('prints to bytes that read as the same tree', () => {
    const shape = (node: WwuElement): unknown => [
      node.name,
      node.attributes.map((entry) => [entry.name, entry.value]),
      node.text,
      node.children.map(shape),
    ];
    fc.assert(
      fc.property(tree, fc.constantFrom('\n' as const, '\r\n' as const), (root, eol) => {
        const document = {
          root,
          prolog: '',
          hasByteOrderMark: false,
          eol,
          emptyClose: '/>',
          epilog: eol,
        } as const;
        const bytes = printWwu(document);
        const read = parseWwu(bytes);
        expect(shape(read.root)).toEqual(shape(root));
        expect(printWwu(read).equals(bytes)).toBe(true);
      }),
      { seed: 7, numRuns: 400 },
    );
  });
});
