import { z } from 'zod';
import type { Json } from '../../../core/json.ts';

/** Any JSON value. */
export const jsonSchema: z.ZodType<Json> = z.json();
