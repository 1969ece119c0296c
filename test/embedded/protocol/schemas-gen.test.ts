import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { generateWaapiSchemas } from '../../../scripts/gen/reference/waapi-schemas.ts';
import { sharedDir } from '../../harness/shared.ts';

const output = fileURLToPath(new URL('../../../src/embedded/protocol/schemas.gen.ts', import.meta.url));

describe.skipIf(!existsSync(join(sharedDir, 'waapi')))(
  'the generated schemas (needs the WAAPI fact base)',
  () => {
    it('are in step with the fact base', () => {
      expect(readFileSync(output, 'utf8') === generateWaapiSchemas(sharedDir)).toBe(true);
    });

    it('hold no prose, but keep members that are called like it', () => {
      const text = readFileSync(output, 'utf8');
      expect(text).toContain('"notes":{"type":"string"}');
      expect(text).not.toMatch(/"(description|summary)":"/);
    });
  },
);
