// Generated from the contract by scripts/generate-bindings.ts; change it there.
import type { libpod } from '@selkie/contract';
import type { Request, Result } from '../request-types.ts';

export interface Artifacts {
  /** Put a file into an artifact. */
  add(request: Request<typeof libpod.artifactAdd>): Promise<Result<typeof libpod.artifactAdd>>;
  /** Remove an artifact. */
  delete(name: string, request?: Request<typeof libpod.artifactDelete>): Promise<Result<typeof libpod.artifactDelete>>;
  /** Remove several artifacts. */
  deleteAll(request?: Request<typeof libpod.artifactDeleteAll>): Promise<Result<typeof libpod.artifactDeleteAll>>;
  /** Read the files of an artifact. */
  extract(
    name: string,
    request?: Request<typeof libpod.artifactExtract>,
  ): Promise<Result<typeof libpod.artifactExtract>>;
  /** Inspect an artifact. */
  inspect(
    name: string,
    request?: Request<typeof libpod.artifactInspect>,
  ): Promise<Result<typeof libpod.artifactInspect>>;
  /** List artifacts. */
  list(request?: Request<typeof libpod.artifactList>): Promise<Result<typeof libpod.artifactList>>;
  /** Put a file of the host into an artifact. */
  addLocal(request: Request<typeof libpod.artifactLocal>): Promise<Result<typeof libpod.artifactLocal>>;
  /** Pull an artifact. */
  pull(request: Request<typeof libpod.artifactPull>): Promise<Result<typeof libpod.artifactPull>>;
  /** Push an artifact. */
  push(name: string, request?: Request<typeof libpod.artifactPush>): Promise<Result<typeof libpod.artifactPush>>;
}

export interface Containers {
  /** Copy files out of a container. */
  archive(
    name: string,
    request: Request<typeof libpod.containerArchive>,
  ): Promise<Result<typeof libpod.containerArchive>>;
  /** Describe a path in a container. */
  archiveInfo(
    name: string,
    request: Request<typeof libpod.containerArchiveInfo>,
  ): Promise<Result<typeof libpod.containerArchiveInfo>>;
  /** Attach to a container; of the three streams the unnamed are attached too. */
  attach(
    name: string,
    request?: Request<typeof libpod.containerAttach>,
  ): Promise<Result<typeof libpod.containerAttach>>;
  /** List what a container changed of its image. */
  changes(
    name: string,
    request?: Request<typeof libpod.containerChanges>,
  ): Promise<Result<typeof libpod.containerChanges>>;
  /** Save the processes of a container. */
  checkpoint(
    name: string,
    request?: Request<typeof libpod.containerCheckpoint>,
  ): Promise<Result<typeof libpod.containerCheckpoint>>;
  /** Create a container. */
  create(request: Request<typeof libpod.containerCreate>): Promise<Result<typeof libpod.containerCreate>>;
  /** Remove a container. */
  delete(
    name: string,
    request?: Request<typeof libpod.containerDelete>,
  ): Promise<Result<typeof libpod.containerDelete>>;
  /** Tell whether there is such a container. */
  exists(
    name: string,
    request?: Request<typeof libpod.containerExists>,
  ): Promise<Result<typeof libpod.containerExists>>;
  /** Read the root file system of a container. */
  export(
    name: string,
    request?: Request<typeof libpod.containerExport>,
  ): Promise<Result<typeof libpod.containerExport>>;
  /** Run the health check of a container. */
  healthcheck(
    name: string,
    request?: Request<typeof libpod.containerHealthcheck>,
  ): Promise<Result<typeof libpod.containerHealthcheck>>;
  /** Make a container ready to start. */
  init(name: string, request?: Request<typeof libpod.containerInit>): Promise<Result<typeof libpod.containerInit>>;
  /** Inspect a container. */
  inspect(
    name: string,
    request?: Request<typeof libpod.containerInspect>,
  ): Promise<Result<typeof libpod.containerInspect>>;
  /** Send a signal to a container. */
  kill(name: string, request?: Request<typeof libpod.containerKill>): Promise<Result<typeof libpod.containerKill>>;
  /** List containers. */
  list(request?: Request<typeof libpod.containerList>): Promise<Result<typeof libpod.containerList>>;
  /** Read the log of a container. */
  logs(name: string, request?: Request<typeof libpod.containerLogs>): Promise<Result<typeof libpod.containerLogs>>;
  /** Mount the root file system of a container on the host. */
  mount(name: string, request?: Request<typeof libpod.containerMount>): Promise<Result<typeof libpod.containerMount>>;
  /** Freeze the processes of a container. */
  pause(name: string, request?: Request<typeof libpod.containerPause>): Promise<Result<typeof libpod.containerPause>>;
  /** Remove every container that does not run. */
  prune(request?: Request<typeof libpod.containerPrune>): Promise<Result<typeof libpod.containerPrune>>;
  /** Rename a container. */
  rename(name: string, request: Request<typeof libpod.containerRename>): Promise<Result<typeof libpod.containerRename>>;
  /** Resize the terminal of a container. */
  resize(
    name: string,
    request?: Request<typeof libpod.containerResize>,
  ): Promise<Result<typeof libpod.containerResize>>;
  /** Stop a container and start it again. */
  restart(
    name: string,
    request?: Request<typeof libpod.containerRestart>,
  ): Promise<Result<typeof libpod.containerRestart>>;
  /** Bring the processes of a container back. */
  restore(
    name: string,
    request?: Request<typeof libpod.containerRestore>,
  ): Promise<Result<typeof libpod.containerRestore>>;
  /** Tell whether a container that has ended will be started again by its restart policy. */
  shouldRestart(
    name: string,
    request?: Request<typeof libpod.containerShouldRestart>,
  ): Promise<Result<typeof libpod.containerShouldRestart>>;
  /** List the mounted root file systems. */
  showMounted(
    request?: Request<typeof libpod.containerShowMounted>,
  ): Promise<Result<typeof libpod.containerShowMounted>>;
  /** Start a container. */
  start(name: string, request?: Request<typeof libpod.containerStart>): Promise<Result<typeof libpod.containerStart>>;
  /** Report what a container uses. */
  stats(name: string, request?: Request<typeof libpod.containerStats>): Promise<Result<typeof libpod.containerStats>>;
  /** Stop a container. */
  stop(name: string, request?: Request<typeof libpod.containerStop>): Promise<Result<typeof libpod.containerStop>>;
  /** List the processes of a container. */
  top(name: string, request?: Request<typeof libpod.containerTop>): Promise<Result<typeof libpod.containerTop>>;
  /** Unmount the root file system of a container. */
  unmount(
    name: string,
    request?: Request<typeof libpod.containerUnmount>,
  ): Promise<Result<typeof libpod.containerUnmount>>;
  /** Let a paused container go on. */
  unpause(
    name: string,
    request?: Request<typeof libpod.containerUnpause>,
  ): Promise<Result<typeof libpod.containerUnpause>>;
  /** Change limits, health check, environment or restart policy of a container. */
  update(
    name: string,
    request?: Request<typeof libpod.containerUpdate>,
  ): Promise<Result<typeof libpod.containerUpdate>>;
  /** Wait for a state of a container. */
  wait(name: string, request?: Request<typeof libpod.containerWait>): Promise<Result<typeof libpod.containerWait>>;
  /** Report what several containers use. */
  statsAll(request?: Request<typeof libpod.containersStatsAll>): Promise<Result<typeof libpod.containersStatsAll>>;
  /** Copy files into a container. */
  putArchive(
    name: string,
    request: Request<typeof libpod.putContainerArchive>,
  ): Promise<Result<typeof libpod.putContainerArchive>>;
}

export interface Exec {
  /** Prepare a command in a running container. */
  create(name: string, request: Request<typeof libpod.containerExec>): Promise<Result<typeof libpod.containerExec>>;
  /** Inspect a command. */
  inspect(id: string, request?: Request<typeof libpod.execInspect>): Promise<Result<typeof libpod.execInspect>>;
  /** Forget a command. */
  remove(id: string, request?: Request<typeof libpod.execRemove>): Promise<Result<typeof libpod.execRemove>>;
  /** Resize the terminal of a command. */
  resize(id: string, request?: Request<typeof libpod.execResize>): Promise<Result<typeof libpod.execResize>>;
  /** Run a prepared command. */
  start(id: string, request: Request<typeof libpod.execStart>): Promise<Result<typeof libpod.execStart>>;
}

export interface Images {
  /** Build an image from a context. */
  build(request?: Request<typeof libpod.imageBuild>): Promise<Result<typeof libpod.imageBuild>>;
  /** List what the last layer of an image changed. */
  changes(name: string, request?: Request<typeof libpod.imageChanges>): Promise<Result<typeof libpod.imageChanges>>;
  /** Make an image from a container. */
  commit(request: Request<typeof libpod.imageCommit>): Promise<Result<typeof libpod.imageCommit>>;
  /** Remove an image. */
  delete(name: string, request?: Request<typeof libpod.imageDelete>): Promise<Result<typeof libpod.imageDelete>>;
  /** Remove several images. */
  deleteAll(request?: Request<typeof libpod.imageDeleteAll>): Promise<Result<typeof libpod.imageDeleteAll>>;
  /** Tell whether there is such an image. */
  exists(name: string, request?: Request<typeof libpod.imageExists>): Promise<Result<typeof libpod.imageExists>>;
  /** Save several images as one archive. */
  export(request?: Request<typeof libpod.imageExport>): Promise<Result<typeof libpod.imageExport>>;
  /** Save an image as an archive. */
  get(name: string, request?: Request<typeof libpod.imageGet>): Promise<Result<typeof libpod.imageGet>>;
  /** List how an image was made. */
  history(name: string, request?: Request<typeof libpod.imageHistory>): Promise<Result<typeof libpod.imageHistory>>;
  /** Make an image from a tar. */
  import(request?: Request<typeof libpod.imageImport>): Promise<Result<typeof libpod.imageImport>>;
  /** Inspect an image. */
  inspect(name: string, request?: Request<typeof libpod.imageInspect>): Promise<Result<typeof libpod.imageInspect>>;
  /** List images. */
  list(request?: Request<typeof libpod.imageList>): Promise<Result<typeof libpod.imageList>>;
  /** Load images from an archive. */
  load(request?: Request<typeof libpod.imageLoad>): Promise<Result<typeof libpod.imageLoad>>;
  /** Remove images that nothing uses. */
  prune(request?: Request<typeof libpod.imagePrune>): Promise<Result<typeof libpod.imagePrune>>;
  /** Pull images. */
  pull(request: Request<typeof libpod.imagePull>): Promise<Result<typeof libpod.imagePull>>;
  /** Push an image. */
  push(name: string, request?: Request<typeof libpod.imagePush>): Promise<Result<typeof libpod.imagePush>>;
  /** List what a short name may stand for. */
  resolve(name: string, request?: Request<typeof libpod.imageResolve>): Promise<Result<typeof libpod.imageResolve>>;
  /** Copy an image to another host. */
  scp(name: string, request?: Request<typeof libpod.imageScp>): Promise<Result<typeof libpod.imageScp>>;
  /** Look for images in registries. */
  search(request: Request<typeof libpod.imageSearch>): Promise<Result<typeof libpod.imageSearch>>;
  /** Give an image another name. */
  tag(name: string, request?: Request<typeof libpod.imageTag>): Promise<Result<typeof libpod.imageTag>>;
  /** Draw the layers of an image. */
  tree(name: string, request?: Request<typeof libpod.imageTree>): Promise<Result<typeof libpod.imageTree>>;
  /** Take a name from an image; all of them where none is given. */
  untag(name: string, request?: Request<typeof libpod.imageUntag>): Promise<Result<typeof libpod.imageUntag>>;
  /** Build an image from a directory on the host. */
  buildLocal(request: Request<typeof libpod.localBuild>): Promise<Result<typeof libpod.localBuild>>;
  /** Load images from an archive on the host. */
  loadLocal(request: Request<typeof libpod.localImages>): Promise<Result<typeof libpod.localImages>>;
}

export interface Kube {
  /** Describe containers, pods or volumes as Kubernetes YAML. */
  generateKube(request: Request<typeof libpod.generateKube>): Promise<Result<typeof libpod.generateKube>>;
  /** Write systemd units for a container or pod. */
  generateSystemd(
    name: string,
    request?: Request<typeof libpod.generateSystemd>,
  ): Promise<Result<typeof libpod.generateSystemd>>;
  /** Send a Kubernetes YAML to a cluster. */
  apply(request?: Request<typeof libpod.kubeApply>): Promise<Result<typeof libpod.kubeApply>>;
  /** Describe containers, pods or volumes as Kubernetes YAML. */
  generate(request: Request<typeof libpod.kubeGenerate>): Promise<Result<typeof libpod.kubeGenerate>>;
  /** Run what a Kubernetes YAML describes. */
  play(request?: Request<typeof libpod.kubePlay>): Promise<Result<typeof libpod.kubePlay>>;
  /** Remove what a Kubernetes YAML describes. */
  playDown(request?: Request<typeof libpod.kubePlayDown>): Promise<Result<typeof libpod.kubePlayDown>>;
  /** Run what a Kubernetes YAML describes. */
  playKube(request?: Request<typeof libpod.playKube>): Promise<Result<typeof libpod.playKube>>;
  /** Remove what a Kubernetes YAML describes. */
  playKubeDown(request?: Request<typeof libpod.playKubeDown>): Promise<Result<typeof libpod.playKubeDown>>;
}

export interface Manifests {
  /** Create a manifest list. */
  create(name: string, request?: Request<typeof libpod.manifestCreate>): Promise<Result<typeof libpod.manifestCreate>>;
  /** Remove a manifest list. */
  delete(name: string, request?: Request<typeof libpod.manifestDelete>): Promise<Result<typeof libpod.manifestDelete>>;
  /** Tell whether there is such a manifest list. */
  exists(name: string, request?: Request<typeof libpod.manifestExists>): Promise<Result<typeof libpod.manifestExists>>;
  /** Inspect a manifest list, here or in a registry. */
  inspect(
    name: string,
    request?: Request<typeof libpod.manifestInspect>,
  ): Promise<Result<typeof libpod.manifestInspect>>;
  /** Add to, take from or annotate a manifest list. */
  modify(name: string, request: Request<typeof libpod.manifestModify>): Promise<Result<typeof libpod.manifestModify>>;
  /** Push a manifest list. */
  push(
    name: string,
    destination: string,
    request?: Request<typeof libpod.manifestPush>,
  ): Promise<Result<typeof libpod.manifestPush>>;
}

export interface Networks {
  /** Connect a container to a network. */
  connect(name: string, request: Request<typeof libpod.networkConnect>): Promise<Result<typeof libpod.networkConnect>>;
  /** Create a network. */
  create(request: Request<typeof libpod.networkCreate>): Promise<Result<typeof libpod.networkCreate>>;
  /** Remove a network. */
  delete(name: string, request?: Request<typeof libpod.networkDelete>): Promise<Result<typeof libpod.networkDelete>>;
  /** Disconnect a container from a network. */
  disconnect(
    name: string,
    request: Request<typeof libpod.networkDisconnect>,
  ): Promise<Result<typeof libpod.networkDisconnect>>;
  /** Tell whether there is such a network. */
  exists(name: string, request?: Request<typeof libpod.networkExists>): Promise<Result<typeof libpod.networkExists>>;
  /** Inspect a network. */
  get(name: string, request?: Request<typeof libpod.networkGet>): Promise<Result<typeof libpod.networkGet>>;
  /** Inspect a network. */
  inspect(name: string, request?: Request<typeof libpod.networkInspect>): Promise<Result<typeof libpod.networkInspect>>;
  /** List networks. */
  list(request?: Request<typeof libpod.networkList>): Promise<Result<typeof libpod.networkList>>;
  /** Remove networks that nothing uses. */
  prune(request?: Request<typeof libpod.networkPrune>): Promise<Result<typeof libpod.networkPrune>>;
  /** Change the name servers of a network. */
  update(name: string, request: Request<typeof libpod.networkUpdate>): Promise<Result<typeof libpod.networkUpdate>>;
}

export interface Pods {
  /** Create a pod. */
  create(request: Request<typeof libpod.podCreate>): Promise<Result<typeof libpod.podCreate>>;
  /** Remove a pod. */
  delete(name: string, request?: Request<typeof libpod.podDelete>): Promise<Result<typeof libpod.podDelete>>;
  /** Tell whether there is such a pod. */
  exists(name: string, request?: Request<typeof libpod.podExists>): Promise<Result<typeof libpod.podExists>>;
  /** Inspect a pod. */
  inspect(name: string, request?: Request<typeof libpod.podInspect>): Promise<Result<typeof libpod.podInspect>>;
  /** Send a signal to the containers of a pod. */
  kill(name: string, request?: Request<typeof libpod.podKill>): Promise<Result<typeof libpod.podKill>>;
  /** List pods. */
  list(request?: Request<typeof libpod.podList>): Promise<Result<typeof libpod.podList>>;
  /** Freeze the containers of a pod. */
  pause(name: string, request?: Request<typeof libpod.podPause>): Promise<Result<typeof libpod.podPause>>;
  /** Remove every pod that does not run. */
  prune(request?: Request<typeof libpod.podPrune>): Promise<Result<typeof libpod.podPrune>>;
  /** Restart the containers of a pod. */
  restart(name: string, request?: Request<typeof libpod.podRestart>): Promise<Result<typeof libpod.podRestart>>;
  /** Start the containers of a pod. */
  start(name: string, request?: Request<typeof libpod.podStart>): Promise<Result<typeof libpod.podStart>>;
  /** Report what pods use. */
  statsAll(request?: Request<typeof libpod.podStatsAll>): Promise<Result<typeof libpod.podStatsAll>>;
  /** Stop the containers of a pod. */
  stop(name: string, request?: Request<typeof libpod.podStop>): Promise<Result<typeof libpod.podStop>>;
  /** List the processes of a pod. */
  top(name: string, request?: Request<typeof libpod.podTop>): Promise<Result<typeof libpod.podTop>>;
  /** Let the containers of a pod go on. */
  unpause(name: string, request?: Request<typeof libpod.podUnpause>): Promise<Result<typeof libpod.podUnpause>>;
}

export interface Quadlets {
  /** Remove a quadlet. */
  delete(name: string, request?: Request<typeof libpod.quadletDelete>): Promise<Result<typeof libpod.quadletDelete>>;
  /** Remove several quadlets. */
  deleteAll(request?: Request<typeof libpod.quadletDeleteAll>): Promise<Result<typeof libpod.quadletDeleteAll>>;
  /** Tell whether there is such a quadlet. */
  exists(name: string, request?: Request<typeof libpod.quadletExists>): Promise<Result<typeof libpod.quadletExists>>;
  /** Read the file of a quadlet. */
  file(name: string, request?: Request<typeof libpod.quadletFile>): Promise<Result<typeof libpod.quadletFile>>;
  /** Install quadlets. */
  install(request?: Request<typeof libpod.quadletInstall>): Promise<Result<typeof libpod.quadletInstall>>;
  /** List quadlets. */
  list(request?: Request<typeof libpod.quadletList>): Promise<Result<typeof libpod.quadletList>>;
}

export interface Secrets {
  /** Create a secret from the request body. */
  create(request: Request<typeof libpod.secretCreate>): Promise<Result<typeof libpod.secretCreate>>;
  /** Remove a secret. */
  delete(name: string, request?: Request<typeof libpod.secretDelete>): Promise<Result<typeof libpod.secretDelete>>;
  /** Tell whether there is such a secret. */
  exists(name: string, request?: Request<typeof libpod.secretExists>): Promise<Result<typeof libpod.secretExists>>;
  /** Inspect a secret. */
  inspect(name: string, request?: Request<typeof libpod.secretInspect>): Promise<Result<typeof libpod.secretInspect>>;
  /** List secrets. */
  list(request?: Request<typeof libpod.secretList>): Promise<Result<typeof libpod.secretList>>;
}

export interface System {
  /** Check the storage, and repair it where asked. */
  check(request?: Request<typeof libpod.systemCheck>): Promise<Result<typeof libpod.systemCheck>>;
  /** Tell what takes space. */
  dataUsage(request?: Request<typeof libpod.systemDataUsage>): Promise<Result<typeof libpod.systemDataUsage>>;
  /** Follow what happens. */
  events(request?: Request<typeof libpod.systemEvents>): Promise<Result<typeof libpod.systemEvents>>;
  /** Describe the service and its host. */
  info(request?: Request<typeof libpod.systemInfo>): Promise<Result<typeof libpod.systemInfo>>;
  /** Tell whether the service answers. */
  ping(request?: Request<typeof libpod.systemPing>): Promise<Result<typeof libpod.systemPing>>;
  /** Tell whether the service answers. */
  pingHead(request?: Request<typeof libpod.systemPingHead>): Promise<Result<typeof libpod.systemPingHead>>;
  /** Remove what nothing uses. */
  prune(request?: Request<typeof libpod.systemPrune>): Promise<Result<typeof libpod.systemPrune>>;
  /** Tell the versions of the service. */
  version(request?: Request<typeof libpod.systemVersion>): Promise<Result<typeof libpod.systemVersion>>;
}

export interface Volumes {
  /** Create a volume. */
  create(request: Request<typeof libpod.volumeCreate>): Promise<Result<typeof libpod.volumeCreate>>;
  /** Remove a volume. */
  delete(name: string, request?: Request<typeof libpod.volumeDelete>): Promise<Result<typeof libpod.volumeDelete>>;
  /** Tell whether there is such a volume. */
  exists(name: string, request?: Request<typeof libpod.volumeExists>): Promise<Result<typeof libpod.volumeExists>>;
  /** Read the files of a volume. */
  export(name: string, request?: Request<typeof libpod.volumeExport>): Promise<Result<typeof libpod.volumeExport>>;
  /** Put files into a volume. */
  import(name: string, request?: Request<typeof libpod.volumeImport>): Promise<Result<typeof libpod.volumeImport>>;
  /** Inspect a volume. */
  inspect(name: string, request?: Request<typeof libpod.volumeInspect>): Promise<Result<typeof libpod.volumeInspect>>;
  /** List volumes. */
  list(request?: Request<typeof libpod.volumeList>): Promise<Result<typeof libpod.volumeList>>;
  /** Remove volumes that nothing uses. */
  prune(request?: Request<typeof libpod.volumePrune>): Promise<Result<typeof libpod.volumePrune>>;
}

/** Every area of the API. */
export interface Areas {
  readonly artifacts: Artifacts;
  readonly containers: Containers;
  readonly exec: Exec;
  readonly images: Images;
  readonly kube: Kube;
  readonly manifests: Manifests;
  readonly networks: Networks;
  readonly pods: Pods;
  readonly quadlets: Quadlets;
  readonly secrets: Secrets;
  readonly system: System;
  readonly volumes: Volumes;
}
