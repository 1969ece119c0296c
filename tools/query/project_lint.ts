import { z } from 'zod';
import { page, pageInput, pageOutput } from '../../src/core/answers/page.ts';
import { unreadableOutput } from '../../src/core/backend/project-files.ts';
import { WwiseFlowError } from '../../src/core/errors.ts';
import { folderIsSeen } from '../../src/core/files/folder-is-seen.ts';
import { readRegularFile } from '../../src/core/files/regular-file.ts';
import { checks, ruleNames } from '../../src/wwise/lint/catalog.ts';
import { ofFoundObjects } from '../../src/wwise/lint/of-found-objects.ts';
import { type LintRules, lintRules } from '../../src/wwise/lint/rules.ts';
import { leanRef } from '../../src/wwise/objects/rows/lean-ref.ts';
import { localPath } from '../../src/wwise/objects/rows/text-fields.ts';
import { type CommandContext, defineCommand } from '../../src/wwise/wwise-command.ts';

const order = { error: 0, warning: 1, info: 2 };

export const projectLint = defineCommand({
  name: 'project_lint',
  title: 'Project lint',
  description:
    'Check the project: GUIDs and names that stand twice, misplaced objects, broken and dangling references, missing audio, empty Events, values without effect, names, unused objects, sample rates; loudness when asked for. Gravest first. Rules by default or from a JSON file.',
  toolset: 'query',
  effect: 'read',
  reliesOnWholeProject: 'reports',
  examples: [{ title: 'Check for broken Events', input: { rules: ['emptyEvents'] } }],
  waapiCalls: 1,
  input: z.strictObject({
    rulesFile: localPath
      .optional()
      .describe(
        'JSON: {"naming":{"severity":"error","patterns":{"Sound":"^[a-z_]+$"}},"unused":{"severity":"off"}}.',
      ),
    rules: z.array(z.enum(ruleNames)).min(1).optional().describe('Only these rules.'),
    limit: pageInput.limit.default(60),
    cursor: pageInput.cursor,
  }),
  output: z.object({
    findings: z.array(
      z.object({
        rule: z.string(),
        severity: z.enum(['error', 'warning', 'info']),
        object: leanRef,
        message: z.string(),
      }),
    ),
    counts: z.record(z.string(), z.int()).describe('Findings by rule.'),
    ...pageOutput,
    notice: z.string().nullable(),
    ...unreadableOutput,
  }),
  async run(input, context) {
    const { rulesFile, rules: wantedRules } = input;
    const rules = rulesFile === undefined ? lintRules.parse({}) : await rulesIn(rulesFile, context);
    const counts: Record<string, number> = {};
    const all = [];
    for (const rule of ruleNames) {
      const isWanted = wantedRules?.includes(rule);
      const level = rules[rule].severity;
      if (isWanted === false || (level === 'off' && isWanted !== true)) continue;
      const severity = level === 'off' ? 'info' : level;
      const said = await checks[rule](rules, context);
      // What the health report says names both of what stands twice.
      const findings = readsProjectFiles.has(rule) ? said : await ofFoundObjects(said, context);
      counts[rule] = findings.length;
      for (const finding of findings) all.push({ rule, severity, ...finding });
    }
    all.sort((a, b) => order[a.severity] - order[b.severity]);
    const { items, ...rest } = page('project_lint', input, all, ({ object, ...finding }) => ({
      ...finding,
      object: { ...object },
    }));
    const notices = [await unseenFiles(Object.keys(counts), context), await unseenIds(counts, context)];
    const notice = notices.filter((text) => text !== null).join(' ');
    return { findings: items, counts, ...rest, notice: notice === '' ? null : notice };
  },
});

/** Rules about files find nothing where there are none to be seen: that is no praise of the project. */
async function unseenFiles(rules: readonly string[], context: CommandContext): Promise<string | null> {
  const { originalsDir } = await context.project();
  const blind = rules.filter((rule) => readsFiles.has(rule));
  if (blind.length === 0 || folderIsSeen(originalsDir)) return null;
  return `The Originals folder "${originalsDir}" is not seen from here: ${blind.join(', ')} could not look at files.`;
}

/** Wwise itself shows one of two objects with the same GUID, and says so when it loads them. */
async function unseenIds(
  counts: Readonly<Record<string, number>>,
  context: CommandContext,
): Promise<string | null> {
  const blind = Object.keys(counts).filter((rule) => readsProjectFiles.has(rule));
  if (blind.length === 0 || (await context.projectFiles.duplicates()) !== null) return null;
  return `${blind.join(', ')} sees nothing in a running Wwise: see get_log with channel projectLoad, or run \`wwiseflow check\` on the .wproj.`;
}

const readsProjectFiles: ReadonlySet<string> = new Set([
  'duplicateIds',
  'misplaced',
  'twins',
  'danglingReferences',
  'audioFiles',
  'newerSchema',
]);

const readsFiles: ReadonlySet<string> = new Set(['missingAudio', 'sampleRates', 'loudness']);

async function rulesIn(path: string, context: CommandContext): Promise<LintRules> {
  const file = await context.readableFile(path);
  const parsed = lintRules.safeParse(parsedJson(file, readRegularFile(file, largestBytes).toString('utf8')));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `/${issue.path.join('/')} ${issue.message}`);
  throw new WwiseFlowError('INVALID_INPUT', `The rules file "${file}" is wrong: ${problems.join('; ')}.`, {
    hint: `Rules: ${ruleNames.join(', ')}; each with a severity off, info, warning or error.`,
    details: { file, problems },
  });
}

/** Rules are written by people. */
const largestBytes = 16 * 1024 * 1024;

function parsedJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new WwiseFlowError('FILE_UNREADABLE', `"${file}" is no JSON: ${reason}.`, {
      hint: 'Correct the rules file.',
      details: { file },
      cause,
    });
  }
}
