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
    names: ['attach', 'container attach'],
    summary: 'Attach to a running container',
    load: () => import('./attach.ts').then(({ attach }) => attach),
  },
  {
    names: ['create', 'container create'],
    summary: 'Create a container without starting it',
    load: () => import('./create.ts').then(({ create }) => create),
  },
  {
    names: ['events', 'system events'],
    summary: 'Follow what happens',
    load: () => import('./events.ts').then(({ events }) => events),
  },
  {
    names: ['exec', 'container exec'],
    summary: 'Run a command in a running container',
    load: () => import('./exec.ts').then(({ exec }) => exec),
  },
  {
    names: ['images', 'image ls', 'image list'],
    summary: 'List images',
    load: () => import('./images.ts').then(({ images }) => images),
  },
  {
    names: ['info', 'system info'],
    summary: 'Describe the service and its host',
    load: () => import('./info.ts').then(({ info }) => info),
  },
  {
    names: ['inspect'],
    summary: 'Show everything about containers, images, volumes and networks',
    load: () => import('./inspect.ts').then(({ inspect }) => inspect),
  },
  {
    names: ['kill', 'container kill'],
    summary: 'Send a signal to containers',
    load: () => import('./kill.ts').then(({ kill }) => kill),
  },
  {
    names: ['logs', 'container logs'],
    summary: 'Print what containers wrote',
    load: () => import('./logs.ts').then(({ logs }) => logs),
  },
  {
    names: ['pause', 'container pause'],
    summary: 'Freeze containers',
    load: () => import('./pause.ts').then(({ pause }) => pause),
  },
  {
    names: ['port', 'container port'],
    summary: 'Show the published ports of a container',
    load: () => import('./port.ts').then(({ port }) => port),
  },
  {
    names: ['ps', 'container ls', 'container list', 'container ps'],
    summary: 'List containers',
    load: () => import('./ps.ts').then(({ ps }) => ps),
  },
  {
    names: ['pull', 'image pull'],
    summary: 'Pull images from a registry',
    load: () => import('./pull.ts').then(({ pull }) => pull),
  },
  {
    names: ['rename', 'container rename'],
    summary: 'Rename a container',
    load: () => import('./rename.ts').then(({ rename }) => rename),
  },
  {
    names: ['restart', 'container restart'],
    summary: 'Stop containers and start them again',
    load: () => import('./restart.ts').then(({ restart }) => restart),
  },
  {
    names: ['rm', 'container rm', 'container remove'],
    summary: 'Remove containers',
    load: () => import('./rm.ts').then(({ rm }) => rm),
  },
  {
    names: ['rmi', 'image rm', 'image remove'],
    summary: 'Remove images',
    load: () => import('./rmi.ts').then(({ rmi }) => rmi),
  },
  {
    names: ['run', 'container run'],
    summary: 'Run a command in a new container',
    load: () => import('./run.ts').then(({ run }) => run),
  },
  {
    names: ['start', 'container start'],
    summary: 'Start containers',
    load: () => import('./start.ts').then(({ start }) => start),
  },
  {
    names: ['stats', 'container stats'],
    summary: 'Show what containers use',
    load: () => import('./stats.ts').then(({ stats }) => stats),
  },
  {
    names: ['stop', 'container stop'],
    summary: 'Stop containers',
    load: () => import('./stop.ts').then(({ stop }) => stop),
  },
  {
    names: ['tag', 'image tag'],
    summary: 'Give an image further names',
    load: () => import('./tag.ts').then(({ tag }) => tag),
  },
  {
    names: ['top', 'container top'],
    summary: 'List the processes of a container',
    load: () => import('./top.ts').then(({ top }) => top),
  },
  {
    names: ['unpause', 'container unpause'],
    summary: 'Let paused containers go on',
    load: () => import('./pause.ts').then(({ unpause }) => unpause),
  },
  {
    names: ['untag', 'image untag'],
    summary: 'Take names from an image',
    load: () => import('./tag.ts').then(({ untag }) => untag),
  },
  {
    names: ['version'],
    summary: 'Tell the versions of this command and the service',
    load: () => import('./version.ts').then(({ version }) => version),
  },
  {
    names: ['wait', 'container wait'],
    summary: 'Wait until containers have ended and print their exit codes',
    load: () => import('./wait.ts').then(({ wait }) => wait),
  },
  {
    names: ['container exists'],
    summary: 'Tell by the exit code whether there is such a container',
    load: () => import('./exists.ts').then(({ containerExists }) => containerExists),
  },
  {
    names: ['container inspect'],
    summary: 'Show everything about containers',
    load: () => import('./inspect.ts').then(({ containerInspect }) => containerInspect),
  },
  {
    names: ['image exists'],
    summary: 'Tell by the exit code whether there is such an image',
    load: () => import('./exists.ts').then(({ imageExists }) => imageExists),
  },
  {
    names: ['image inspect'],
    summary: 'Show everything about images',
    load: () => import('./inspect.ts').then(({ imageInspect }) => imageInspect),
  },
  {
    names: ['network connect'],
    summary: 'Connect a container to a network',
    load: () => import('./network-connect.ts').then(({ networkConnect }) => networkConnect),
  },
  {
    names: ['network create'],
    summary: 'Create a network',
    load: () => import('./network-create.ts').then(({ networkCreate }) => networkCreate),
  },
  {
    names: ['network disconnect'],
    summary: 'Disconnect a container from a network',
    load: () => import('./network-connect.ts').then(({ networkDisconnect }) => networkDisconnect),
  },
  {
    names: ['network exists'],
    summary: 'Tell by the exit code whether there is such a network',
    load: () => import('./exists.ts').then(({ networkExists }) => networkExists),
  },
  {
    names: ['network inspect'],
    summary: 'Show everything about networks',
    load: () => import('./inspect.ts').then(({ networkInspect }) => networkInspect),
  },
  {
    names: ['network ls', 'network list'],
    summary: 'List networks',
    load: () => import('./network-ls.ts').then(({ networkLs }) => networkLs),
  },
  {
    names: ['network rm', 'network remove'],
    summary: 'Remove networks',
    load: () => import('./network-rm.ts').then(({ networkRm }) => networkRm),
  },
  {
    names: ['system service'],
    summary: 'Run the service',
    load: () => import('./system-service.ts').then(({ systemService }) => systemService),
  },
  {
    names: ['volume create'],
    summary: 'Create a volume',
    load: () => import('./volume-create.ts').then(({ volumeCreate }) => volumeCreate),
  },
  {
    names: ['volume exists'],
    summary: 'Tell by the exit code whether there is such a volume',
    load: () => import('./exists.ts').then(({ volumeExists }) => volumeExists),
  },
  {
    names: ['volume inspect'],
    summary: 'Show everything about volumes',
    load: () => import('./inspect.ts').then(({ volumeInspect }) => volumeInspect),
  },
  {
    names: ['volume ls', 'volume list'],
    summary: 'List volumes',
    load: () => import('./volume-ls.ts').then(({ volumeLs }) => volumeLs),
  },
  {
    names: ['volume rm', 'volume remove'],
    summary: 'Remove volumes',
    load: () => import('./volume-rm.ts').then(({ volumeRm }) => volumeRm),
  },
];
