import type { WorkflowService } from '../../../workflow/service.ts';
import type { ProjectReader } from './project-reader.ts';

/** What resources are made of. */
export interface ResourceParts {
  openService(): Promise<WorkflowService>;
  readonly project: ProjectReader;
  /** The Markdown that explains Wwise. */
  readonly primerFile?: string | undefined;
}
