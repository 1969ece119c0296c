import { z } from 'zod';

/** Any JSON object, for outputs and answers of others. Made once: making such a schema takes longer than checking a short answer. */
export const jsonRecord = z.record(z.string(), z.json());
