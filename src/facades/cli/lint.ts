import { relative } from 'node:path';
import type { Bus } from '../../core/dispatch/bus.ts';
import { toWwiseFlowError } from '../../core/errors.ts';
import { readRegularFile } from '../../core/files/regular-file.ts';
import { asJsonArray, asJsonObject, asString, type JsonObject } from '../../core/json.ts';
import { failure, type Result } from '../../core/result.ts';
import { dim, green, line, red, yellow } from './draw/paint.ts';
import { type Print, printJson } from './print.ts';
import type { BuildReport, ReportCase, Reporting } from './reports/report.ts';
import { writeReports } from './reports/write-reports.ts';
import { refusedError } from './trouble.ts';

export interface LintOrder extends Reporting {
  /** A file with rules; undefined: the usual ones. */
  readonly rulesPath: string | undefined;
  /** Only these rules; empty: all that are on. */
  readonly only: readonly string[];
  /** From which severity on a finding is a failure. */
  readonly failOn: 'error' | 'warning' | 'info' | 'never';
  readonly json: boolean;
}

export interface LintParts {
  openBus(): Promise<Pick<Bus, 'dispatch'>>;
  /** What is looked at: a project file, or the address of Wwise. */
  readonly subject: string;
}

/** Checks the project by its rules and reports what they find. Exit code 0: nothing that fails, 1: something. Throws what was refused. */
export async function runLint(order: LintOrder, parts: LintParts, print: Print): Promise<number> {
  const bus = await parts.openBus();
  const { findings, notices } = await allFindings(bus, order);
  const found = await withFiles(bus, findings);
  const fails = (severity: string): boolean => levels.indexOf(severity) <= levels.indexOf(order.failOn);
  const failed = found.filter(({ severity }) => order.failOn !== 'never' && fails(severity));
  const { startDir, version } = order;
  writeReports(reportOf(found, new Set(failed), parts.subject, version), order);
  if (order.json) printJson({ ok: failed.length === 0, findings: found, notices }, print);
  else {
    for (const one of found) print(inALine(one, startDir));
    for (const notice of notices) print(line`${yellow('!')} ${notice}`);
    print(
      failed.length === 0
        ? line`${green('✓')} ${found.length} findings, none of them fails.`
        : line`${red('✗')} ${failed.length} of ${found.length} findings fail (--fail-on ${order.failOn}).`,
    );
  }
  return failed.length === 0 ? 0 : 1;
}

/** The gravest first. */
const levels: readonly string[] = ['error', 'warning', 'info'];

interface Finding {
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
  readonly objectId: string;
  readonly objectPath: string;
}

interface PlacedFinding extends Finding {
  readonly filePath?: string;
  /** From 1 on. */
  readonly line?: number;
}

async function allFindings(bus: Pick<Bus, 'dispatch'>, { rulesPath, only }: LintOrder) {
  const findings: Finding[] = [];
  const notices = new Set<string>();
  let cursor: string | undefined;
  do {
    const input: JsonObject = {
      ...(rulesPath === undefined ? {} : { rulesFile: rulesPath }),
      ...(only.length === 0 ? {} : { rules: only }),
      ...(cursor === undefined ? {} : { cursor }),
    };
    const result: Result = await dispatch(bus, 'project_lint', { ...input, limit: 200 });
    if (!result.ok) throw refusedError(result);
    for (const row of asJsonArray(result.data.findings).map(asJsonObject)) findings.push(findingOf(row));
    for (const said of [asString(result.data.notice), ...(result.notices ?? [])])
      if (said !== undefined) notices.add(said);
    cursor = asString(result.data.cursor);
  } while (cursor !== undefined);
  return { findings, notices: [...notices] };
}

function findingOf(row: JsonObject): Finding {
  const object = asJsonObject(row.object);
  return {
    ...{ rule: asString(row.rule) ?? '', severity: asString(row.severity) ?? 'info' },
    ...{ message: asString(row.message) ?? '', objectId: asString(object.id) ?? '' },
    objectPath: asString(object.path) ?? '',
  };
}

/** With the Work Unit that has the object, and the line it begins at, where the files are seen from here. */
async function withFiles(
  bus: Pick<Bus, 'dispatch'>,
  findings: readonly Finding[],
): Promise<readonly PlacedFinding[]> {
  const fileOf = new Map<string, string | undefined>();
  const textOf = new Map<string, string>();
  const placed: PlacedFinding[] = [];
  for (const finding of findings) {
    const { objectId } = finding;
    if (!fileOf.has(objectId)) {
      const asked = { objectId, return: ['filePath'] };
      const object = objectId === '' ? undefined : await dispatch(bus, 'get_object', asked);
      const values = asJsonObject(object?.ok === true ? object.data.values : undefined);
      fileOf.set(objectId, asString(values.filePath));
    }
    const filePath = fileOf.get(objectId);
    if (filePath === undefined) placed.push(finding);
    else placed.push({ ...finding, filePath, ...lineOf(textIn(filePath, textOf), objectId) });
  }
  return placed;
}

function textIn(filePath: string, known: Map<string, string>): string {
  const text = known.get(filePath) ?? read(filePath);
  known.set(filePath, text);
  return text;
}

/** A file that Wwise sees elsewhere cannot be read here: its findings have no line. */
function read(filePath: string): string {
  try {
    return readRegularFile(filePath).toString('utf8');
  } catch {
    return '';
  }
}

function lineOf(text: string, objectId: string): { readonly line?: number } {
  const at = text.indexOf(` ID="${objectId}"`);
  return at < 0 ? {} : { line: text.slice(0, at).split('\n').length };
}

async function dispatch(bus: Pick<Bus, 'dispatch'>, command: string, input: JsonObject): Promise<Result> {
  try {
    return await bus.dispatch(command, input, { caller: 'cli' });
  } catch (thrown) {
    return failure(toWwiseFlowError(thrown));
  }
}

function reportOf(
  found: readonly PlacedFinding[],
  failed: ReadonlySet<PlacedFinding>,
  subject: string,
  version: string,
): BuildReport {
  const cases = found.map((one): ReportCase => {
    const { rule, message, objectPath, filePath, line: row } = one;
    const outcome = failed.has(one) ? 'failed' : one.severity === 'info' ? 'passed' : 'noted';
    return { rule, name: objectPath, outcome, message, objectPath, filePath, line: row };
  });
  const whole: ReportCase = { rule: 'lint', name: 'all rules', outcome: 'passed' };
  return { tool: 'lint', subject, version, cases: cases.length === 0 ? [whole] : cases };
}

function inALine(
  { rule, severity, message, objectPath, filePath, line: row }: PlacedFinding,
  startDir: string,
) {
  const paint = severity === 'error' ? red : severity === 'warning' ? yellow : dim;
  const where =
    filePath === undefined ? '' : `  ${relative(startDir, filePath)}${row === undefined ? '' : `:${row}`}`;
  return line`${paint(severity)} ${rule}  ${objectPath}: ${message}${dim(where)}`;
}
