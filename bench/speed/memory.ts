import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createProject } from '../../src/embedded/project/new-project/new-project.ts';
import { type Programs, startPeer } from './peers.ts';
import { median, type SpeedRow } from './row.ts';

const home = '\\Containers\\Default Work Unit';

/** One session with very many calls of the everyday kinds: what its process holds. */
export async function measureMemory(programs: Programs, dir: string, calls = 50_000): Promise<SpeedRow[]> {
  const projectPath = join(dir, 'Memory', 'Memory.wproj');
  createProject(projectPath);
  const peer = await startPeer(
    programs.ours(['--project', projectPath, '--state', join(dir, 'memory-state')]),
    dir,
  );
  try {
    await peer.tool('create_sound', { name: 'One', parentPath: home });
    const sound = `${home}\\One`;
    const kinds: readonly ((at: number) => Promise<unknown>)[] = [
      () => peer.tool('get_object', { objectId: sound, return: ['@Volume'] }),
      () => peer.tool('find_things', { query: '$ from type Bus' }),
      (at) => peer.tool('set_value', { objectId: sound, property: 'Volume', value: -(at % 90) }),
      () => peer.tool('find_things', { words: 'one' }),
      () => peer.tool('project_info', {}),
    ];
    const samples: number[] = [];
    const every = calls / 50;
    for (let at = 0; at < calls; at += 1) {
      await kinds[at % kinds.length]?.(at);
      if (at % every === every - 1) samples.push(residentMb(peer.pid));
    }
    // Of fifty samples the eleventh to the twentieth, and the last ten.
    const [early, late] = [median(samples.slice(10, 20)), median(samples.slice(-10))];
    return [
      {
        what: `memory of a session of ${calls} calls`,
        goal: 'flat after the first fifth (<= 1.1 times)',
        measured: `${(late / early).toFixed(2)} times (${late.toFixed(0)} and ${early.toFixed(0)} MB)`,
        isMet: late / early <= 1.1,
      },
    ];
  } finally {
    await peer.close();
  }
}

function residentMb(pid: number): number {
  const [, kilobytes = 'NaN'] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1_000;
}
