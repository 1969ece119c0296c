import { type CheckFindings, isGrave, printCheck } from '../check.ts';
import type { Print } from '../print.ts';
import type { BuildReport, ReportCase, Reporting } from './report.ts';
import { writeReports } from './write-reports.ts';

export interface CheckOrder extends Reporting {
  readonly projectPath: string;
  readonly json: boolean;
}

/** Writes the reports of a check and prints its findings; gives the exit code. */
export function reportCheck(
  findings: CheckFindings,
  { projectPath, json, ...reporting }: CheckOrder,
  print: Print,
): number {
  writeReports(checkReport(findings, projectPath, reporting.version), reporting);
  return printCheck(findings, json, print);
}

/** What a check of a project found, as a report. */
function checkReport(findings: CheckFindings, subject: string, version: string): BuildReport {
  const { filesRead, bytesRead } = findings;
  const failed = (rule: string, filePath: string, message: string, line?: number): ReportCase => ({
    ...{ rule, name: filePath, outcome: 'failed', message, filePath, line },
  });
  const noted = (rule: string, filePath: string, message: string): ReportCase => ({
    ...failed(rule, filePath, message),
    outcome: 'noted',
  });
  const cases: readonly ReportCase[] = [
    ...findings.brokenFiles.map(({ filePath, problem }) => failed('brokenFile', filePath, problem)),
    ...findings.differences.map(({ filePath, offset, line, expected, actual }) =>
      failed(
        'difference',
        filePath,
        `differs from byte ${offset}: ${JSON.stringify(expected)} would be written as ${JSON.stringify(actual)}`,
        line,
      ),
    ),
    ...findings.duplicates.map(({ id, type, name, filePath, first }) =>
      failed(
        'duplicateId',
        filePath,
        `${type} "${name}" has the GUID ${id} of "${first.path}" in ${first.filePath}`,
      ),
    ),
    ...findings.health.map(({ kind, filePath, object, message }) => ({
      ...(isGrave(kind) ? failed : noted)(kind, filePath, message),
      name: object.path,
      objectPath: object.path,
    })),
    ...findings.unfinishedSave.map((filePath) => failed('unfinishedSave', filePath, 'a save was cut off')),
    ...findings.strayFiles.map((filePath) => noted('strayFile', filePath, 'Wwise does not load it')),
    ...findings.readOnlyFiles.map((filePath) => noted('readOnlyFile', filePath, 'it may not be written')),
  ];
  const read: ReportCase = {
    ...{ rule: 'read', name: `${filesRead} files, ${bytesRead} bytes`, outcome: 'passed' },
  };
  return { tool: 'check', subject, version, cases: [...cases, read] };
}
