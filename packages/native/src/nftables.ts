import { spawnSync } from 'node:child_process';
import koffi from 'koffi';

/** A transaction nft refused, with its own words. */
export class NftablesError extends Error {
  constructor(text: string) {
    super(text.trim());
    this.name = 'NftablesError';
  }
}

type Run = (commands: string) => string;

let run: Run | undefined;

/**
 * Runs nft commands as one atomic transaction: all of them take effect or none. Returns what they print.
 * @throws NftablesError
 */
export function nft(commands: string): string {
  run ??= loadLibrary() ?? spawnNft;
  return run(commands);
}

/**
 * One context for all calls: freeing one waits for the kernel to finish what its transactions deleted (6 ms and more). It speaks to the
 * namespace of the first call. The library checks its cache of the rules against the kernel's generation before each transaction.
 */
function loadLibrary(): Run | undefined {
  let library: ReturnType<typeof koffi.load>;
  try {
    library = koffi.load('libnftables.so.1');
  } catch {
    return undefined;
  }
  const create = library.func('void *nft_ctx_new(uint32_t flags)');
  const bufferOutput = library.func('int nft_ctx_buffer_output(void *ctx)');
  const bufferError = library.func('int nft_ctx_buffer_error(void *ctx)');
  const output = library.func('const char *nft_ctx_get_output_buffer(void *ctx)');
  const errors = library.func('const char *nft_ctx_get_error_buffer(void *ctx)');
  const execute = library.func('int nft_run_cmd_from_buffer(void *ctx, const char *buffer)');
  const context: unknown = create(0);
  if (context === null || bufferOutput(context) !== 0 || bufferError(context) !== 0) return undefined;
  return (commands) => {
    if (execute(context, commands) !== 0) throw new NftablesError(String(errors(context)));
    return String(output(context) ?? '');
  };
}

/** The same by the nft program, where the library is missing. @throws NftablesError */
export function spawnNft(commands: string): string {
  const done = spawnSync('nft', ['-f', '-'], { input: commands, encoding: 'utf8' });
  if (done.error) throw new NftablesError(`neither libnftables.so.1 nor nft: ${done.error.message}`);
  if (done.status !== 0) throw new NftablesError(done.stderr);
  return done.stdout;
}
