import type { WorkflowTool } from './tools/define-tool.ts';
import { auditTools } from './workflow-tools/audit-tools.ts';
import { compileTools } from './workflow-tools/compile-tools.ts';
import { deadLetterTools } from './workflow-tools/dead-letter-tools.ts';
import { healthTools } from './workflow-tools/health-tools.ts';
import { libraryTools } from './workflow-tools/library-tools.ts';
import { memoTools } from './workflow-tools/memo-tools.ts';
import { runTools } from './workflow-tools/run-tools.ts';
import { trialTools } from './workflow-tools/trial-tools.ts';

/** The tools that are not commands: they are about workflows made of commands, and about what was done. */
export const workflowTools: readonly WorkflowTool[] = [
  ...compileTools,
  ...runTools,
  ...trialTools,
  ...libraryTools,
  ...auditTools,
  ...memoTools,
  ...healthTools,
  ...deadLetterTools,
];
