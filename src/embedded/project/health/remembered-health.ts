import type { HealthFinding } from '../../../core/backend/project-files.ts';
import { audioFindings } from './audio-files.ts';
import type { HealthSubject } from './finding.ts';
import { healthOf } from './health-report.ts';

/** The health of a project that is open: objects are looked at once until one changes, original files each time. */
export function rememberedHealth(
  subjectNow: () => HealthSubject,
): (withAudio: boolean) => Generator<void, readonly HealthFinding[]> {
  let known: { readonly revision: number; readonly findings: readonly HealthFinding[] } | undefined;
  return function* (withAudio) {
    const subject = subjectNow();
    const { revision } = subject.index;
    if (known?.revision !== revision) known = { revision, findings: yield* healthOf(subject) };
    const { findings } = known;
    return withAudio ? [...findings, ...(yield* audioFindings(subject))] : findings;
  };
}
