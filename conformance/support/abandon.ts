/** What is to be undone, latest first, when the test process ends without having come to its own end of it: a signal, a crash. */
const undos = new Set<() => void>();

process.once('exit', () => {
  for (const undo of [...undos].reverse()) undo();
});
// Without a listener a signal ends the process without an exit event.
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.once(signal, () => process.exit(code));
}

/** Registers a synchronous undoing; dispose of the result once it has been done in good order. */
export function onAbandon(undo: () => void): Disposable {
  undos.add(undo);
  return { [Symbol.dispose]: () => void undos.delete(undo) };
}
