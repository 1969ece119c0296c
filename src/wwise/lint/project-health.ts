import type { HealthFinding, HealthKind } from '../../core/backend/project-files.ts';
import type { CommandContext } from '../wwise-command.ts';
import type { Check } from './rules.ts';

/** The rule that reports what the project's health report has of these kinds. It finds nothing where a back-end has none. */
export function healthRule(...kinds: readonly HealthKind[]): Check {
  return async (_rules, context) => {
    const findings = (await healthOnce(context)) ?? [];
    return findings
      .filter(({ kind, message }) => kinds.includes(kind) && !isOfMissingAudio(message))
      .map(({ object, message }) => ({ object, message }));
  };
}

/** The rule about missing audio asks for each file, where there is no report too. */
function isOfMissingAudio(message: string): boolean {
  return message.includes('Git LFS pointer');
}

/** All rules of one lint read one report. */
function healthOnce(context: CommandContext): Promise<readonly HealthFinding[] | null> {
  const known = reports.get(context);
  if (known !== undefined) return known;
  const report = context.projectFiles.health(true);
  reports.set(context, report);
  return report;
}

const reports = new WeakMap<CommandContext, Promise<readonly HealthFinding[] | null>>();
