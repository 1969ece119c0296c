import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { childOrder } from '../../../../src/embedded/model/structure/child-order.ts';
import { parseWwu } from '../../../../src/embedded/wwu/parse.ts';
import { walk } from '../../../../src/embedded/wwu/tree.ts';
import { samplesDir } from '../../../harness/sample-project.ts';

describe.skipIf(!existsSync(samplesDir))('the fixed order of children (needs the shared projects)', () => {
  it('is that of every file of three projects', () => {
    const files = readdirSync(samplesDir, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.(wproj|wwu)$/.test(name),
    );
    const offenders = new Set<string>();
    for (const file of files) {
      for (const node of walk(parseWwu(readFileSync(join(samplesDir, file))).root)) {
        const order = childOrder[node.name];
        if (order === undefined) continue;
        const places = node.children.map((child) => order.indexOf(child.name));
        const isSorted = places.every((place, index) => place >= (places[index - 1] ?? 0));
        if (!isSorted) offenders.add(`${node.name}: ${node.children.map((child) => child.name).join(' ')}`);
      }
    }
    expect(files.length).toBeGreaterThan(80);
    expect([...offenders]).toEqual([]);
  });
});
