import {
  AudioLines,
  Boxes,
  Braces,
  Cable,
  Disc3,
  FolderKanban,
  GitBranch,
  type LucideIcon,
  Music,
  Package,
  Radio,
  Search,
  Sliders,
  Terminal,
  Waves,
  Zap,
} from 'lucide-react';

const icons: Readonly<Record<string, LucideIcon>> = {
  flow: GitBranch,
  project: FolderKanban,
  query: Search,
  objects: Boxes,
  audio: AudioLines,
  routing: Cable,
  events: Zap,
  gamesyncs: Sliders,
  containers: Package,
  attenuations: Radio,
  effects: Waves,
  soundbanks: Disc3,
  music: Music,
  console: Terminal,
};

/** The picture of a toolset. */
export function iconOf(toolset: string | undefined): LucideIcon {
  return icons[toolset ?? ''] ?? Braces;
}

/** What a step does to the project, in one word. */
export const effectWords: Readonly<Record<string, string>> = {
  read: 'reads',
  create: 'creates',
  update: 'changes',
  destroy: 'deletes',
  barrier: 'waits for all before',
  none: 'flow',
};
