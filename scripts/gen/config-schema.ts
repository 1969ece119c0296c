import { configSchema } from '../../src/config/file/config-schema.ts';

/** The schema file that editors and people read. */
export function generateConfigSchema(): string {
  return `${JSON.stringify(configSchema(), null, 2)}\n`;
}
