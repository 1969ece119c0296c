import type { Command } from 'commander';
import { asString, type JsonObject } from '../../core/json.ts';
import type { ReportFilesSaid } from './subcommand.ts';

/** The options of a subcommand that reports to build machines. */
export function withReports(command: Command): Command {
  return command
    .option('--junit <file>', 'also write a JUnit report')
    .option('--sarif <file>', 'also write a SARIF report, for code scanning')
    .option('--summary <file>', 'also add a summary in Markdown, as to "$GITHUB_STEP_SUMMARY"');
}

/** What was said of them. */
export function reportsSaid({ junit, sarif, summary }: JsonObject): ReportFilesSaid {
  return { junit: asString(junit), sarif: asString(sarif), summary: asString(summary) };
}
