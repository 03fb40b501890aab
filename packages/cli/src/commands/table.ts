import type { Command } from '../command.ts';

/** A command before its code is loaded. */
export interface Entry {
  /** Every name it goes by; help shows it under the first. */
  readonly names: readonly [string, ...string[]];
  readonly summary: string;
  load(): Promise<Command>;
}

/** Words that only group commands. */
export const GROUPS: Readonly<Record<string, string>> = {
  container: 'Work with containers',
  image: 'Work with images',
  network: 'Work with networks',
  system: 'Work with the service',
  volume: 'Work with volumes',
};

export const COMMANDS: readonly Entry[] = [
  {
    names: ['create', 'container create'],
    summary: 'Create a container without starting it',
    load: () => import('./create.ts').then((loaded) => loaded.create),
  },
  {
    names: ['run', 'container run'],
    summary: 'Run a command in a new container',
    load: () => import('./run.ts').then((loaded) => loaded.run),
  },
];
