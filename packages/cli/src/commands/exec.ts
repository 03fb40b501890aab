import { command, MANY } from '../command.ts';
import { startFailure } from '../containers/start-failure.ts';
import { flag, list, text } from '../options/option.ts';
import { DEFAULT_DETACH_KEYS, parseDetachKeys } from '../session/detach-keys.ts';
import { pump } from '../session/pump.ts';
import { followSize, rawMode, terminalSize } from '../session/terminal.ts';
import { fileLines, variables } from '../spec/process.ts';

export const exec = command({
  usage: '[OPTIONS] CONTAINER COMMAND [ARG...]',
  options: {
    detach: flag('Run in the background and print the ID of the session', { short: 'd' }),
    'detach-keys': text('KEYS', 'Keys that detach (default ctrl-p,ctrl-q)'),
    env: list('NAME[=VALUE]', "Set a variable; without value it is the caller's", { short: 'e' }),
    'env-file': list('FILE', 'Read variables from a file'),
    interactive: flag('Keep stdin open', { short: 'i' }),
    privileged: flag('Give it every capability'),
    tty: flag('Give it a terminal', { short: 't' }),
    user: text('USER[:GROUP]', 'User to run as', { short: 'u' }),
    workdir: text('PATH', 'Working directory', { short: 'w' }),
  },
  interspersed: false,
  count: [2, MANY],
  async run(context, options, [name = '', ...words]) {
    const { client, stdin, stdout } = context;
    const { detach, tty, interactive, 'detach-keys': detachKeys = DEFAULT_DETACH_KEYS } = options;
    const keys = parseDetachKeys(detachKeys);
    const env = variables([...options['env-file'].flatMap(fileLines), ...options.env], process.env);
    const { Id } = await client.exec.create(name, {
      body: {
        Cmd: words,
        AttachStdin: interactive && !detach,
        AttachStdout: !detach,
        AttachStderr: !detach,
        DetachKeys: detachKeys,
        Tty: tty,
        Env: Object.entries(env ?? {}).map(([key, value]) => `${key}=${value}`),
        Privileged: options.privileged,
        User: options.user,
        WorkingDir: options.workdir,
      },
    });
    const size = tty ? terminalSize(stdout) : undefined;
    await using connection = await client.exec
      .start(Id, { body: { Detach: detach, Tty: tty, ...size } })
      .catch((error: unknown) => {
        throw startFailure(error);
      });
    if (detach) {
      stdout.write(`${Id}\n`);
      return 0;
    }
    using _raw = tty && interactive ? rawMode(stdin) : undefined;
    using _size = tty ? followSize(stdout, (query) => client.exec.resize(Id, { query })) : undefined;
    const detachable = tty && interactive && stdin.isTTY;
    const how = await pump(context, connection, { stdin: interactive, detachKeys: detachable ? keys : [] });
    return how === 'detached' ? 0 : (await client.exec.inspect(Id)).ExitCode;
  },
});
