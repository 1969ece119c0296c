import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/json.ts';
import { type WaapiBackend, WaapiLinkError } from '../../src/wwise/connection/backend.ts';
import { withProject } from '../harness/project.ts';

/** A Wwise in which the test can open another project, and whose link it can cut. */
interface Wwise {
  projectName: string;
  isGone: boolean;
  readonly onLoaded: ((payload: JsonObject) => void)[];
}

function wwise(): Wwise {
  return { projectName: 'First', isGone: false, onLoaded: [] };
}

describe('what is known of the open project', () => {
  it('is asked once', () => {
    const state = wwise();
    return withProject(
      async ({ bus, waapi }) => {
        await bus.dispatch('project_info', {});
        const callsBefore = waapi.callCount;
        await bus.dispatch('create_sound', { name: 'A', parentPath: '\\Containers\\Default Work Unit' });
        // Namesake, create, read-back: none of them about the project.
        expect(waapi.callCount - callsBefore).toBe(3);
      },
      { wire: (backend) => asWwise(backend, state) },
    );
  });

  it('is asked again when Wwise reports another project', () => {
    const state = wwise();
    return withProject(
      async ({ done }) => {
        expect(await done('project_info', {})).toMatchObject({ name: 'First' });
        state.projectName = 'Second';
        for (const notify of state.onLoaded) notify({});
        expect(await done('project_info', {})).toMatchObject({ name: 'Second' });
      },
      { wire: (backend) => asWwise(backend, state) },
    );
  });

  it('is asked again after Wwise was gone', () => {
    const state = wwise();
    return withProject(
      async ({ done, refused, anotherBus }) => {
        const bus = anotherBus({ expectProject: 'First' });
        const input = { name: 'A', parentPath: '\\Containers\\Default Work Unit' };
        expect(await bus.dispatch('create_sound', input)).toMatchObject({ ok: true });
        state.isGone = true;
        expect(await bus.dispatch('query_waql', { query: 'from type Sound' })).toMatchObject({
          ok: false,
          code: 'WAAPI_UNAVAILABLE',
        });
        state.isGone = false;
        state.projectName = 'Second';
        expect(await bus.dispatch('create_sound', { ...input, name: 'B' })).toMatchObject({
          code: 'WRONG_PROJECT',
        });
        expect(await done('query_waql', { query: 'from type Sound' })).toMatchObject({ total: 1 });
        expect((await refused('create_sound', {})).code).toBe('INVALID_INPUT');
      },
      { wire: (backend) => asWwise(backend, state) },
    );
  });

  it('is asked again over a fresh link, even when no call failed', () => {
    const state = wwise();
    return withProject(
      async ({ waapi, anotherBus }) => {
        let linkCount = 1;
        const counting = {
          address: waapi.address,
          callCount: 0,
          get linkCount() {
            return linkCount;
          },
          call: waapi.call,
          subscribe: waapi.subscribe,
          close: waapi.close,
        };
        const bus = anotherBus({ waapi: counting, expectProject: 'First' });
        const input = { parentPath: '\\Containers\\Default Work Unit' };
        expect(await bus.dispatch('create_sound', { ...input, name: 'A' })).toMatchObject({ ok: true });
        state.projectName = 'Second';
        linkCount = 2;
        expect(await bus.dispatch('create_sound', { ...input, name: 'B' })).toMatchObject({
          code: 'WRONG_PROJECT',
        });
      },
      { wire: (backend) => asWwise(backend, state) },
    );
  });
});

function asWwise(backend: WaapiBackend, state: Wwise): WaapiBackend {
  return {
    ...backend,
    async call(uri, args, options) {
      if (state.isGone) throw new WaapiLinkError('connect ECONNREFUSED', false);
      const answer = await backend.call(uri, args, options);
      return uri === 'ak.wwise.core.getProjectInfo' ? { ...answer, name: state.projectName } : answer;
    },
    async subscribe(topic, options, onEvent) {
      if (topic !== 'ak.wwise.core.project.loaded') return backend.subscribe(topic, options, onEvent);
      state.onLoaded.push(onEvent);
      return { unsubscribe: async () => {} };
    },
  };
}
