/** Not those that Node uses itself, that cannot be caught, or that the terminal's own job control sends. */
const PROXIED = ['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGUSR2', 'SIGALRM', 'SIGCONT', 'SIGWINCH'] as const;

/** Passes the signals this process gets on, until disposed of. */
export function proxySignals(send: (signal: string) => Promise<unknown>, except: readonly string[] = []): Disposable {
  const proxied = PROXIED.filter((signal) => !except.includes(signal));
  // What it is for may have ended meanwhile.
  const pass = (signal: string) => void send(signal).catch(() => {});
  for (const signal of proxied) process.on(signal, pass);
  return {
    [Symbol.dispose]: () => {
      for (const signal of proxied) process.off(signal, pass);
    },
  };
}
