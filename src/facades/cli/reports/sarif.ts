import { createHash } from 'node:crypto';
import { isAbsolute, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BuildReport, ReportCase } from './report.ts';

/** A report in SARIF 2.1.0, as code scanning takes it: what failed is an error, what is worth a look a warning. */
export function sarifOf({ tool, subject, cases, version }: BuildReport, startDir: string): string {
  const results = cases.filter(({ outcome }) => outcome === 'failed' || outcome === 'noted');
  const rules = [...new Set(results.map(({ rule }) => rule))];
  return `${JSON.stringify(
    {
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: {
              ...{ name: `WwiseFlow ${tool}`, version },
              rules: rules.map((id) => ({ id, shortDescription: { text: id } })),
            },
          },
          results: results.map((one) => ({
            ...{ ruleId: one.rule, ruleIndex: rules.indexOf(one.rule) },
            level: one.outcome === 'failed' ? 'error' : 'warning',
            message: { text: `${one.name}: ${one.message ?? ''}` },
            locations: [locationOf(one, subject, startDir)],
            partialFingerprints: { 'wwiseflow/v1': fingerprintOf(one) },
          })),
        },
      ],
    },
    null,
    2,
  )}\n`;
}

/** What is in no file of its own lies in what was looked at. */
function locationOf({ filePath, line = 1, objectPath }: ReportCase, subject: string, startDir: string) {
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(filePath ?? subject, startDir) },
      region: { startLine: line },
    },
    ...(objectPath === undefined ? {} : { logicalLocations: [{ fullyQualifiedName: objectPath }] }),
  };
}

/** Below the folder it was started in, a path from there: so that it is the same on each machine. */
function uriOf(path: string, startDir: string): string {
  const below = isAbsolute(path) ? relative(startDir, path) : path;
  if (isAbsolute(below) || below.startsWith('..')) return pathToFileURL(path).href;
  return below.split(/[\\/]/).map(encodedPart).join('/');
}

/** Halves of characters have no way to be written. */
function encodedPart(part: string): string {
  return encodeURIComponent(part.replace(/\p{Cs}/gu, '\uFFFD'));
}

/** The same finding keeps it when lines above it move. */
function fingerprintOf({ rule, name, objectPath, filePath = '', message = '' }: ReportCase): string {
  const what = JSON.stringify([rule, objectPath ?? name, objectPath === undefined ? filePath : '', message]);
  return createHash('sha256').update(what).digest('hex').slice(0, 32);
}
