/** A listening socket the service manager passed on. */
export interface InheritedSocket {
  readonly fd: number;
  readonly name: string;
}

const FIRST_FD = 3;

/** The sockets of systemd's activation protocol; none where they were meant for another process. */
export function inheritedSockets(env: NodeJS.ProcessEnv = process.env, pid = process.pid): InheritedSocket[] {
  if (Number(env.LISTEN_PID) !== pid) return [];
  const count = Number(env.LISTEN_FDS ?? 0);
  const names = env.LISTEN_FDNAMES?.split(':') ?? [];
  return Array.from({ length: count }, (_, i) => ({ fd: FIRST_FD + i, name: names[i] ?? 'unknown' }));
}

/** Keeps our own children from taking the sockets for theirs. */
export function forgetInherited(env: NodeJS.ProcessEnv = process.env): void {
  delete env.LISTEN_PID;
  delete env.LISTEN_FDS;
  delete env.LISTEN_FDNAMES;
}
