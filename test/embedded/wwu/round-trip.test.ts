import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseWwu } from '../../../src/embedded/wwu/parse.ts';
import { printWwu } from '../../../src/embedded/wwu/print.ts';
import { walk } from '../../../src/embedded/wwu/tree.ts';
import { samplesDir } from '../../harness/sample-project.ts';

const head = '<?xml version="1.0" encoding="utf-8"?>';

function lines(...text: string[]): string {
  return `${[head, ...text].join('\n')}\n`;
}

function exceptionsIn(text: string): number {
  return [...walk(parseWwu(Buffer.from(text)).root)].filter((node) => node.layout !== null).length;
}

describe('a file Wwise wrote', () => {
  const canonical = {
    'nested elements with tabs': lines('<A x="1">', '\t<B y="2">', '\t\t<C/>', '\t</B>', '</A>'),
    'empty Value and Comment written as two tags': lines(
      '<A>',
      '\t<Value></Value>',
      '\t<Comment></Comment>',
      '</A>',
    ),
    'escaped text and attributes': lines(
      '<A n="a &amp; &quot;b&quot; &lt;c&gt; d\'s é">',
      '\t<T>x &lt; y &amp; "z"</T>',
      '</A>',
    ),
    'raw line breaks inside an attribute': lines('<A key="abc', 'def', 'ghi">', '\t<B/>', '</A>'),
    'text with line breaks': lines('<A>', '\t<Comment>one', 'two\r', 'three</Comment>', '</A>'),
    CDATA: lines('<A>', '\t<M Name="Cache"><![CDATA[.cache]]></M>', '</A>'),
    'PluginData as first child, without its line break': lines(
      '<A>',
      '\t<E a="b">\t\t<PluginData>',
      '\t<X Name="p">1</X>',
      '\t<PluginData/>',
      '</PluginData>',
      '\t</E>',
      '</A>',
    ),
    'PluginData after another child': lines(
      '<A>',
      '\t<B/>',
      '\t<PluginData>anything <at> all</PluginData>',
      '</A>',
    ),
  };

  it.each(Object.entries(canonical))('prints back without a single exception: %s', (_name, text) => {
    expect(printWwu(parseWwu(Buffer.from(text))).toString()).toBe(text);
    expect(exceptionsIn(text)).toBe(0);
  });

  it('keeps CRLF as the line break of the markup', () => {
    const text = lines('<A>', '\t<B/>', '</A>').replaceAll('\n', '\r\n');
    expect(printWwu(parseWwu(Buffer.from(text))).toString()).toBe(text);
    expect(exceptionsIn(text)).toBe(0);
  });
});

describe('a file somebody else touched', () => {
  const touched = {
    'byte order mark and blanks before the slash': `\uFEFF${lines('<A>', '\t<B x="1" />', '</A>')}`,
    'elements inserted without line breaks': lines('<A>', '\t<P n="1" /><P n="2" /><P n="3" />', '</A>'),
    'a character reference in an attribute': lines('<A x="a&#xA;b"/>'),
    'a blank line between elements': lines('<A>', '\t<B/>', '', '\t<C/>', '</A>'),
    'blanks for tabs': lines('<A>', '  <B/>', '</A>'),
    'a blank inside a start tag': lines('<A>', '\t<Value >0</Value>', '</A>'),
    'an empty element written as two tags': lines('<A>', '\t<B></B>', '\t<Value/>', '</A>'),
    'a comment': lines('<A>', '\t<!-- mine -->', '\t<B/>', '</A>'),
    'single quotes': lines("<A x='1'/>"),
    'no line break at the end': lines('<A/>').trimEnd(),
  };

  it.each(Object.entries(touched))('prints back to the byte: %s', (_name, text) => {
    expect(printWwu(parseWwu(Buffer.from(text))).equals(Buffer.from(text))).toBe(true);
  });
});

describe('a file that is not whole', () => {
  const broken: Record<string, [string, RegExp]> = {
    'git conflict markers': [
      lines('<A>', '<<<<<<< HEAD', '\t<B/>', '=======', '\t<C/>', '>>>>>>> theirs', '</A>'),
      /^line 3, column 1: git conflict markers: a merge was not finished$/,
    ],
    'cut in half': [lines('<A>', '\t<B>', '\t\t<C x="1'), /an attribute value in <C> does not end/],
    'cut between elements': [lines('<A>', '\t<B>'), /the file ends inside <B>: it is cut off/],
    'end tags that do not match': [lines('<A>', '\t<B>', '\t</C>', '</A>'), /<\/C> where <\/B> was expected/],
    'a second root': [lines('<A/>', '<B/>'), /text after the end of the document/],
    'no XML at all': ['hello', /no XML element/],
    nothing: ['', /no XML element/],
  };

  it.each(Object.entries(broken))('is refused with the place: %s', (_name, [text, problem]) => {
    expect(() => parseWwu(Buffer.from(text))).toThrow(problem);
  });

  it.each([
    [
      'UTF-16 with a byte order mark',
      Buffer.from('\uFEFF<A/>', 'utf16le'),
      'UTF-16 (little-endian), not UTF-8',
    ],
    ['UTF-16 turned round', Buffer.from('\uFEFF<A/>', 'utf16le').swap16(), 'UTF-16 (big-endian), not UTF-8'],
    [
      'UTF-16 without one',
      Buffer.from('<A/>', 'utf16le'),
      'UTF-16 (little-endian, without byte order mark), not UTF-8',
    ],
    [
      'a Latin-1 letter',
      Buffer.from('<A>\n  caf\u00E9</A>', 'latin1'),
      'line 2, column 6: the file is not UTF-8 text: byte 0xE9; probably Windows-1252 (Latin-1)',
    ],
    [
      'a Latin-1 letter before letters that could go with it, and one before it that is UTF-8',
      Buffer.concat([Buffer.from('<A>\u00E9 '), Buffer.from([0xe9, 0x80, 0x3c])]),
      'line 1, column 6: the file is not UTF-8 text: byte 0xE9',
    ],
    [
      'an encoding it declares',
      Buffer.from('<?xml version="1.0" encoding="iso-8859-15"?>\n<A>\u00A4</A>', 'latin1'),
      'line 2, column 4: the file is not UTF-8 text: byte 0xA4; it says it is iso-8859-15',
    ],
    [
      'a letter that is cut off',
      Buffer.from([0x3c, 0x41, 0xe2, 0x82]),
      'line 1, column 3: the file is not UTF-8',
    ],
  ])('is refused with the name of its encoding: %s', (_what, bytes, problem) => {
    expect(() => parseWwu(bytes)).toThrow(problem);
    expect(() => parseWwu(bytes)).toThrow('Save it again as UTF-8');
  });
});

describe.skipIf(!existsSync(samplesDir))(
  'every file of the sample projects (needs the shared samples)',
  () => {
    it('prints back to the byte', () => {
      const files = existsSync(samplesDir)
        ? readdirSync(samplesDir, { recursive: true, encoding: 'utf8' })
        : [];
      const read = files.filter((name) => /\.(wwu|wproj)$/.test(name));
      expect(read).toHaveLength(93);
      const different = read.filter((name) => {
        const bytes = readFileSync(join(samplesDir, name));
        return !printWwu(parseWwu(bytes)).equals(bytes);
      });
      expect(different).toEqual([]);
    });
  },
);
