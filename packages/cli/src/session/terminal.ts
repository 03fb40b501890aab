import { spawnSync } from 'node:child_process';

/** Hands every key to the process, Ctrl-C too, until disposed of. Nothing where the input is no terminal. */
export function rawMode(stdin: NodeJS.ReadStream): Disposable {
  if (!stdin.isTTY) return { [Symbol.dispose]: () => {} };
  stdin.setRawMode(true);
  // Node's raw mode still turns line feeds of the output into two characters, as the container's terminal has done already.
  spawnSync('stty', ['-opost'], { stdio: ['inherit', 'ignore', 'ignore'] });
  // A process that is ended leaves the user's terminal in order.
  const restore = () => void stdin.setRawMode(false);
  process.once('exit', restore);
  return {
    [Symbol.dispose]: () => {
      process.off('exit', restore);
      restore();
    },
  };
}

export interface TerminalSize {
  readonly h: number;
  readonly w: number;
}

export function terminalSize(stdout: NodeJS.WriteStream): TerminalSize | undefined {
  return stdout.isTTY ? { h: stdout.rows, w: stdout.columns } : undefined;
}

/** Tells the terminal's size, now and after every change. Nothing where the output is no terminal. */
export function followSize(stdout: NodeJS.WriteStream, tell: (size: TerminalSize) => Promise<unknown>): Disposable {
  const now = () => {
    const size = terminalSize(stdout);
    // What runs may just have ended.
    if (size !== undefined) tell(size).catch(() => {});
  };
  now();
  stdout.on('resize', now);
  return { [Symbol.dispose]: () => void stdout.off('resize', now) };
}
