import { fileURLToPath } from 'node:url';

/** The fact base beside the repository: projects and recordings of real Wwise. WWISEFLOW_SHARED overrides; may be absent. */
export const sharedDir: string =
  process.env.WWISEFLOW_SHARED ?? fileURLToPath(new URL('../../../shared', import.meta.url));
