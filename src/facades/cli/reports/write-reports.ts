import { appendFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { WwiseFlowError } from '../../../core/errors.ts';
import { junitOf } from './junit.ts';
import type { BuildReport, Reporting } from './report.ts';
import { sarifOf } from './sarif.ts';
import { markdownOf } from './summary.ts';

/** Writes a report to the files that were asked for; Throws FILE_UNREADABLE where one cannot be written. */
export function writeReports(report: BuildReport, { reports: files, startDir }: Reporting): void {
  const write = (
    path: string | undefined,
    text: () => string,
    put: (path: string, text: string) => void,
  ): void => {
    if (path === undefined) return;
    const filePath = resolve(startDir, path);
    try {
      put(filePath, text());
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new WwiseFlowError('FILE_UNREADABLE', `The report "${filePath}" cannot be written: ${reason}.`, {
        hint: 'Name a file in a folder that is there and may be written.',
        details: { filePath },
        cause,
      });
    }
  };
  write(files.junit, () => junitOf(report), writeFileSync);
  write(files.sarif, () => sarifOf(report, startDir), writeFileSync);
  write(files.summary, () => markdownOf(report), appendFileSync);
}
