import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { code, files, listFiles, ours, sources, text } from './harness/sources.ts';

/** Where a command's name is no knowledge of the command: lists of tools to show, words that mean something else. `*`: any. */
const mentions: Readonly<Record<string, readonly string[]>> = {
  'src/facades/mcp/tools/tool-index.gen.ts': ['*'],
  'src/facades/mcp/tools/entry-tools.ts': ['*'],
  'src/facades/mcp/workflow-examples.ts': ['*'],
  // The subcommand of that name, and where the objects it finds lie.
  'src/facades/cli/lint.ts': ['project_lint', 'get_object'],
  // Wwise's history goes both ways.
  'src/wwise/undo/history-steps.ts': ['undo', 'redo'],
  // How a run was rolled back.
  'src/workflow/runtime/roll-back/roll-back.ts': ['undo'],
};

/** Rooms that serve any back-end: they name none, in code and in comments. */
const neutralRooms = ['src/core/', 'src/workflow/'];

/** Words in which a back-end is named all the same, each with the reason; it is taken out before the others are looked for. */
const neutralWords: readonly (readonly [word: RegExp, reason: string])[] = [
  [/wwiseflow/gi, 'the name of this program, as in WwiseFlowError'],
  [/\bwaapiCalls\b/g, 'a member of plans, journals and answers, which clients read'],
];

/** Files in which any name may stand. */
const neutralFiles: Readonly<Record<string, string>> = {
  'src/core/errors.ts': 'the closed table of codes: some are about one back-end',
};

/** Words that say what the field has words for, and the field's words: so that one thing has one name. */
const fieldWords: readonly (readonly [banned: RegExp, instead: string])[] = [
  [/\b(tell|tells|told|telling)\b/i, 'say, report, return, notify, distinguish'],
  [/\b(carry|carries|carried|carrying)\b/i, 'execute, run, have, hold'],
  [/\b(perform|performs|performed)\b/i, 'execute, run'],
  // Objects of examples are called Door.
  [/\bdoors?\b|\bDOORS?\b/, 'facade, service, subcommand'],
  [/\bdesks?\b/i, 'facade, service'],
  [/\btak(e|es|en|ing) (it |them |this |that )?back\b/i, 'roll back, undo'],
];

/** Files in which somebody else says those words. */
const wordsOfOthers: readonly string[] = [
  'test/names.test.ts',
  'test/fixtures/',
  'test/workflow/dialogue/',
  'bench/agent/',
];

/** A place is where a file or a folder lies; anything else has an index, a position, a parent, a path. Where it is one of files: */
const placesOfFiles: readonly string[] = [
  'src/config/target.ts',
  'src/embedded/project/',
  'src/embedded/recovery/',
  'src/embedded/audio/files/store-original.ts',
  'src/embedded/model/writing/edit-log.ts',
  'src/facades/cli/init/',
  'src/workflow/library/export-file.ts',
  'src/workflow/runtime/values/outputs.ts',
  'src/workspace/open-workspace.ts',
];

/** Members of records that journals of earlier runs hold. */
const placesInRecords: readonly string[] = [
  'src/embedded/model/restoring/are-restored.ts',
  'src/embedded/model/restoring/describe-step.ts',
  'src/embedded/model/restoring/kept-step.ts',
  'src/embedded/model/restoring/restore-steps.ts',
  'tools/objects/move_object.ts',
];

const commandNames = new Set(
  sources.filter((file) => /^tools\/\w+\//.test(file)).map((file) => basename(file, '.ts')),
);

describe('the names of the house', () => {
  it('names files in kebab case, commands in snake case like the command, WAAPI functions like their URI', () => {
    const odd = sources.filter((file) => {
      const name = basename(file).replace(/(\.gen)?\.ts$/, '');
      if (file.startsWith('tools/')) return !/^[a-z][a-z0-9_]*$/.test(name);
      if (/^src\/embedded\/functions\/[a-z-]+\/ak\./.test(file)) return !/^ak\.[A-Za-z.]+$/.test(name);
      return !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name);
    });
    expect(odd).toEqual([]);
  });

  it('knows no command by name outside tools/, but for texts that name tools', () => {
    const named = ours
      .filter((file) => /^src\/(core|wwise|workflow|facades)\//.test(file) && !file.endsWith('.gen.ts'))
      .flatMap((file) =>
        [...code(file).matchAll(/'(\w+)'|"(\w+)"|`(\w+)`/g)]
          .map((match) => snakeCase(match[1] ?? match[2] ?? match[3] ?? ''))
          .filter((word) => commandNames.has(word) && !mayMention(file, word))
          .map((word) => `${file} names ${word}`),
      );
    expect(named).toEqual([]);
  });

  it('names no back-end in rooms that serve any, in comments neither', () => {
    const named = files
      .filter(
        (file) => neutralRooms.some((room) => file.startsWith(room)) && neutralFiles[file] === undefined,
      )
      .flatMap((file) =>
        text(file)
          .split('\n')
          .map((line, index) => ({ at: `${file}:${index + 1}`, line })),
      )
      .filter(({ line }) =>
        /wwise|waapi/i.test(neutralWords.reduce((rest, [word]) => rest.replace(word, ''), line)),
      )
      .map(({ at, line }) => `${at} ${line.trim()}`);
    expect(named).toEqual([]);
  });

  it('exports no name twice, so that a name found anywhere is one thing', () => {
    const homes = new Map<string, string[]>();
    for (const file of ours)
      for (const name of exportedNames(file)) homes.set(name, [...(homes.get(name) ?? []), file]);
    const twice = [...homes].filter(([, where]) => where.length > 1);
    expect(twice.map(([name, where]) => `${name}: ${where.join(', ')}`)).toEqual([]);
    expect(homes.size).toBeGreaterThan(1_500);
  });

  it('calls things what the field calls them', () => {
    const guides = listFiles('docs').filter((file) => file.startsWith('docs/guides/'));
    const beside = ['test', 'bench', 'demo', 'scripts', 'web'].flatMap(listFiles);
    const written = [...ours, ...guides, ...beside, 'README.md', 'CONTRIBUTING.md'].filter(
      (file) =>
        /\.(tsx?|mjs|md)$/.test(file) &&
        !/\.gen\.ts$|node_modules|\/dist\//.test(file) &&
        !wordsOfOthers.some((known) => file.startsWith(known)),
    );
    const found = written.flatMap((file) =>
      text(file)
        .split('\n')
        .flatMap((line, index) =>
          fieldWords
            // Tests and benchmarks make sounds of doors.
            .filter(([banned]) => banned.test(line) && !(beside.includes(file) && banned.test('door')))
            .map(([banned, instead]) => `${file}:${index + 1}: ${banned.exec(line)?.[0]} (say ${instead})`),
        ),
    );
    expect(found).toEqual([]);
  });

  it('calls a place only where a file or a folder lies', () => {
    const others = ours
      .filter((file) => !file.endsWith('.gen.ts'))
      .filter((file) => ![...placesOfFiles, ...placesInRecords].some((known) => file.startsWith(known)))
      .filter((file) => /\bplaces?\b|\bplace[A-Z]|[a-z]Place(?!holder)/.test(withoutTexts(code(file))));
    expect(others).toEqual([]);
  });
});

/** Names a file declares and exports; what it hands on from another file is that file's. */
function exportedNames(file: string): ReadonlySet<string> {
  const declared =
    /^export (?:declare )?(?:async )?(?:abstract )?(?:function\*?|const|let|class|interface|type|enum) (\w+)/gm;
  return new Set([...code(file).matchAll(declared)].map(([, name = '']) => name));
}

function mayMention(file: string, command: string): boolean {
  return mentions[file]?.some((known) => known === '*' || known === command) === true;
}

function snakeCase(word: string): string {
  return word.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function withoutTexts(source: string): string {
  return source.replace(/'(?:[^'\\\n]|\\.)*'/g, "''");
}
