import { auditTools } from './audit-tools.ts';
import { compileTools } from './compile-tools.ts';
import type { WorkflowTool } from './define-tool.ts';
import { libraryTools } from './library-tools.ts';
import { memoTools } from './memo-tools.ts';
import { runTools } from './run-tools.ts';

/** The tools that are not commands: they are about workflows made of commands, and about what was done. */
export const workflowTools: readonly WorkflowTool[] = [
  ...compileTools,
  ...runTools,
  ...libraryTools,
  ...auditTools,
  ...memoTools,
];
