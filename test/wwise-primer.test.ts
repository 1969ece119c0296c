import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { asJsonArray, asJsonObject } from '../src/core/json.ts';
import { withProject } from './harness/project.ts';

const primer = readFileSync(
  fileURLToPath(new URL('../docs/guides/wwise-primer.md', import.meta.url)),
  'utf8',
);

it('the primer gives of each property the range that Wwise gives', () =>
  withProject(async ({ done }) => {
    const rows = [...primer.matchAll(/^\| `(\w+)` \| [^|]+ \| (\S+) to (\S+) \|/gm)];
    expect(rows.length).toBeGreaterThan(10);
    for (const [, name = '', min, max] of rows) {
      const { members } = await done('describe_type', { objectId: 'Sound', find: name });
      const member = asJsonArray(members)
        .map(asJsonObject)
        .find((one) => one.name === name);
      expect(member, name).toMatchObject({ range: [Number(min), Number(max)] });
    }
  }));
