import type { BuildReport, ReportCase } from './report.ts';

/** A report as build machines read those of tests: one suite, a case for each thing that was looked at. */
export function junitOf({ tool, subject, cases }: BuildReport): string {
  const count = (outcome: ReportCase['outcome']) => cases.filter((one) => one.outcome === outcome).length;
  const seconds = cases.reduce((sum, { durationMs = 0 }) => sum + durationMs, 0) / 1000;
  const numbers = `tests="${cases.length}" failures="${count('failed')}" errors="0" skipped="${count('skipped')}" time="${seconds}"`;
  const name = `name="${xml(`wwiseflow ${tool} ${subject}`)}"`;
  const shown = cases.map((one) => caseOf(tool, one)).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites ${name} ${numbers}>
  <testsuite ${name} ${numbers}>
${shown}  </testsuite>
</testsuites>
`;
}

function caseOf(tool: string, one: ReportCase): string {
  const { rule, name, outcome, message = '', filePath, line, durationMs = 0 } = one;
  const file = filePath === undefined ? '' : ` file="${xml(filePath)}"`;
  const row = line === undefined ? '' : ` line="${line}"`;
  const head = `    <testcase classname="${xml(`${tool}.${rule}`)}" name="${xml(name)}"${file}${row} time="${durationMs / 1000}"`;
  const where = filePath === undefined ? '' : `${filePath}${line === undefined ? '' : `:${line}`}\n`;
  if (outcome === 'failed')
    return `${head}>\n      <failure type="${xml(rule)}" message="${xml(message)}">${xml(where + message)}</failure>\n    </testcase>\n`;
  if (outcome === 'skipped') return `${head}>\n      <skipped message="${xml(message)}"/>\n    </testcase>\n`;
  if (message === '') return `${head}/>\n`;
  return `${head}>\n      <system-out>${xml(where + message)}</system-out>\n    </testcase>\n`;
}

/** A text as XML 1.0 takes it: characters that it knows not even escaped are shown by a sign. */
function xml(text: string): string {
  return text
    .replace(notXml, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/[\t\n\r]/g, (char) => `&#${char.charCodeAt(0)};`);
}

/** Control characters, halves of characters, and what is no character. */
const notXml = /(?![\t\n\r])\p{Cc}|\p{Cs}|[\uFFFE\uFFFF]/gu;
