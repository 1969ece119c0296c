import { parse as parseToml } from '@decimalturn/toml-patch';
import { parse as parseJson } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import { jsonSettings } from '../../../../src/facades/cli/init/json-settings.ts';
import { tomlSettings } from '../../../../src/facades/cli/init/toml-settings.ts';

const entry = { command: 'node', args: ['C:\\My Games\\main.js', 'mcp', '--project', 'D:\\"Game".wproj'] };
const file = 'settings';

describe('an entry in JSON', () => {
  const slot = { table: 'mcpServers', name: 'wwiseflow' };
  const add = (text: string) => jsonSettings.write(text, slot, entry, file);
  const withComments = [
    '// my settings',
    '{',
    '    // others',
    '    "mcpServers": {',
    '        "other": { "command": "x" }, // keep me',
    '    },',
    '    /* and this */ "theme": "dark"',
    '}',
    '',
  ].join('\r\n');

  it.each([
    ['nothing', ''],
    ['an empty object', '{}'],
    ['other settings', '{\n\t"theme": "dark"\n}\n'],
    ['other servers', '{ "mcpServers": { "other": { "command": "x" } } }'],
    ['comments, commas at ends and lines of Windows', withComments],
  ])('is added to %s and read again', (_, text) => {
    const added = add(text);
    expect(jsonSettings.read(added, slot, file)).toEqual(entry);
    const before: Record<string, unknown> = text === '' ? {} : parseJson(text);
    expect(parseJson(added)).toMatchObject(before);
  });

  it('leaves comments, order, indentation and line ends as they are', () => {
    const added = add(withComments);
    for (const line of [
      '// my settings',
      '    // others',
      '// keep me',
      '    /* and this */ "theme": "dark"',
    ])
      expect(added).toContain(line);
    expect(added.replaceAll('\r\n', '')).not.toContain('\n');
    expect(added).toContain('\r\n        "wwiseflow": {\r\n            "command"');
  });

  it('is removed so that what was there comes back', () => {
    const text = '{\n  // mine\n  "mcpServers": {\n    "other": {\n      "command": "x"\n    }\n  }\n}\n';
    expect(jsonSettings.remove(add(text), slot, file)).toBe(text);
    const kept = jsonSettings.remove(add(withComments), slot, file);
    expect(kept).toContain('// keep me');
    expect(parseJson(kept)).toEqual(parseJson(withComments));
  });

  it.each([
    ['{ "mcpServers": { "wwiseflow": 1, "b": 2 } }', '{ "mcpServers": { "b": 2 } }'],
    ['{ "mcpServers": { "a": 1, "wwiseflow": 2 } }', '{ "mcpServers": { "a": 1 } }'],
    ['{"mcpServers":{"a":1,"wwiseflow":2,"b":3}}', '{"mcpServers":{"a":1,"b":3}}'],
    ['{"theme":"dark","mcpServers":{"wwiseflow":2}}', '{"theme":"dark"}'],
    [
      '{\n  "mcpServers": {\n    // first\n    "a": 1, // of a\n    // ours\n    "wwiseflow": 2 /* two */, // behind\n    // last\n    "b": 3,\n  },\n}\n',
      '{\n  "mcpServers": {\n    // first\n    "a": 1, // of a\n    // ours\n    /* two */ // behind\n    // last\n    "b": 3,\n  },\n}\n',
    ],
    [
      '{\r\n  // mine\r\n  "mcpServers": {\r\n    "wwiseflow": {\r\n    }\r\n  }\r\n  // end\r\n}\r\n',
      '{\r\n  // mine\r\n  // end\r\n}\r\n',
    ],
    [
      '{\n  "mcpServers": {\n    "a": 1, // of a\n    "wwiseflow": 2\n  }\n}',
      '{\n  "mcpServers": {\n    "a": 1 // of a\n  }\n}',
    ],
  ])('is removed from %j with no comment of others', (text, rest) => {
    expect(jsonSettings.remove(text, slot, file)).toBe(rest);
  });

  it('replaces an entry of the same name and nothing else', () => {
    const text =
      '{\n  "mcpServers": {\n    "wwiseflow": { "command": "old" }, // mine\n    "z": {}\n  }\n}\n';
    const replaced = add(text);
    expect(jsonSettings.read(replaced, slot, file)).toEqual(entry);
    expect(replaced).toContain('// mine');
  });

  it.each(['{ "a": ', '[1]', 'null', '{ "a" 1 }'])('is not added to what is no JSON object: %s', (text) => {
    expect(() => jsonSettings.read(text, slot, file)).toThrow(
      expect.objectContaining({ code: 'FILE_UNREADABLE' }),
    );
  });
});

describe('an entry in TOML', () => {
  const slot = { table: 'mcp_servers', name: 'wwiseflow' };
  const add = (text: string) => tomlSettings.write(text, slot, entry, file);
  const mine = [
    '# mine',
    'model = "x" # the model',
    'since = 2026-01-01',
    'big = 9007199254740993',
    '',
    '[mcp_servers.other]',
    'command = "x"',
    'args = [ "a", # first',
    '  "b" ]',
    '',
    '# about the screen',
    '[tui]',
    "theme = 'dark'",
    '',
  ];

  it.each([
    ['nothing', ''],
    ['other settings', 'model = "x"'],
    ['comments, dates, large numbers and tables', mine.join('\n')],
    ['lines of Windows', mine.join('\r\n')],
    ['servers in one line', 'mcp_servers = { other = { command = "x" } }\n'],
    ['servers by dotted keys', 'mcp_servers.other.command = "x"\n'],
  ])('is added to %s and read again', (_, text) => {
    const added = add(text);
    expect(tomlSettings.read(added, slot, file)).toEqual(entry);
    expect(parseToml(added)).toMatchObject(parseToml(text));
  });

  it('is a table at the end, and all before it stays to the byte', () => {
    for (const text of [mine.join('\n'), mine.join('\r\n')]) expect(add(text).startsWith(text)).toBe(true);
    expect(add(mine.join('\n'))).toContain('\n\n[mcp_servers.wwiseflow]\ncommand = "node"\nargs = ["C:');
  });

  it('is removed so that what was there comes back to the byte', () => {
    for (const text of [mine.join('\n'), mine.join('\r\n'), 'model = "x"\n'])
      expect(tomlSettings.remove(add(text), slot, file)).toBe(text);
  });

  it('goes without the comments and tables that others wrote behind it', () => {
    const text = `${add('a = 1\n')}\n# about the screen\n[tui]\nb = 2\n`;
    expect(tomlSettings.remove(text, slot, file)).toBe('a = 1\n\n# about the screen\n[tui]\nb = 2\n');
  });

  it('replaces an entry of the same name, however it is written', () => {
    const text = '[mcp_servers.wwiseflow]\ncommand = "old" # mine\nargs = []\n\n[z]\na = 1\n';
    const replaced = add(text);
    expect(tomlSettings.read(replaced, slot, file)).toEqual(entry);
    expect(replaced).toContain('# mine');
    const inline = add('mcp_servers = { wwiseflow = { command = "old" } }\n');
    expect(tomlSettings.read(inline, slot, file)).toEqual(entry);
    expect(tomlSettings.read(tomlSettings.remove(inline, slot, file), slot, file)).toBeUndefined();
  });

  it('is not added to what is no TOML', () => {
    expect(() => add('model = ')).toThrow(expect.objectContaining({ code: 'FILE_UNREADABLE' }));
  });
});
