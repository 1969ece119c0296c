import { type LayoutTask, layOut } from './layout.ts';

addEventListener('message', ({ data }: MessageEvent<LayoutTask>) => postMessage(layOut(data)));
