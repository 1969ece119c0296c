/** What a subcommand found, for programs of build machines. */
export interface BuildReport {
  /** `check`, `lint` or `run`. */
  readonly tool: string;
  /** What was looked at or run: a project, a workflow. */
  readonly subject: string;
  readonly cases: readonly ReportCase[];
  /** Version of this program. */
  readonly version: string;
}

/** One thing that was looked at, or done. */
export interface ReportCase {
  /** What kind of thing: a rule, a type of node. */
  readonly rule: string;
  readonly name: string;
  /** `failed` is what the exit code stands for; `noted` is worth a look. */
  readonly outcome: 'passed' | 'failed' | 'noted' | 'skipped';
  readonly message?: string | undefined;
  /** Of a file, as it was named. */
  readonly filePath?: string | undefined;
  /** From 1 on. */
  readonly line?: number | undefined;
  /** Where in the project, as Wwise writes paths. */
  readonly objectPath?: string | undefined;
  readonly durationMs?: number | undefined;
}

/** How a report is written. */
export interface Reporting {
  readonly reports: ReportFiles;
  /** What their paths count from. */
  readonly startDir: string;
  /** Of this program. */
  readonly version: string;
}

/** The files that a report is written to; undefined: none. */
export interface ReportFiles {
  readonly junit?: string | undefined;
  readonly sarif?: string | undefined;
  /** Markdown, added to what the file has: `$GITHUB_STEP_SUMMARY`. */
  readonly summary?: string | undefined;
}
