import {
  AudioLines,
  Boxes,
  Braces,
  Cable,
  CircleHelp,
  Disc3,
  FileInput,
  FileOutput,
  Filter,
  Flag,
  FolderKanban,
  GitBranch,
  GitMerge,
  Globe,
  Hourglass,
  type LucideIcon,
  MessageSquare,
  Music,
  Package,
  Radio,
  Repeat,
  Search,
  Shuffle,
  Sliders,
  Sparkles,
  SquareTerminal,
  Terminal,
  Timer,
  UserCheck,
  Waves,
  Workflow,
  Zap,
} from 'lucide-react';
import type { NodeType } from '../api/wire.ts';

/** Of the kinds of step that all belong to the flow. */
const iconsOfTypes: Readonly<Record<string, LucideIcon>> = {
  say: MessageSquare,
  wait: Hourglass,
  ask_user: CircleHelp,
  handoff: UserCheck,
  merge: GitMerge,
  for_each: Repeat,
  subworkflow: Workflow,
  end: Flag,
  filter: Filter,
  transform: Shuffle,
  input: FileInput,
  output: FileOutput,
  http: Globe,
  submit_and_poll: Timer,
  ai: Sparkles,
  exec: SquareTerminal,
};

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

/** The picture of a type of step, else of its toolset. */
export function iconOf(type: Pick<NodeType, 'type' | 'toolset'> | undefined): LucideIcon {
  return iconsOfTypes[type?.type ?? ''] ?? icons[type?.toolset ?? ''] ?? Braces;
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
