import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSelkieError } from '@selkie/contract';
import { parseOptions, USAGE } from '../src/options.ts';

test('without arguments everything is where a distribution would put it', () => {
  assert.deepEqual(parseOptions([]), {
    listen: ['unix:///run/selkie/selkie.sock'],
    root: '/var/lib/selkie',
    runroot: '/run/selkie',
    idleSeconds: 0,
    insecureTcp: false,
    origins: [],
    insecureRegistries: [],
    logLevel: 'info',
  });
});

test('addresses come by --listen and bare, as podman’s do', () => {
  const options = parseOptions(['--listen', 'unix:///a', '-t', '5', 'tcp://127.0.0.1:1', '--insecure-tcp']);
  assert.ok(options !== 'help');
  assert.deepEqual(options.listen, ['unix:///a', 'tcp://127.0.0.1:1']);
  assert.deepEqual([options.idleSeconds, options.insecureTcp], [5, true]);
});

test('every option arrives', () => {
  const options = parseOptions(
    [
      '--tls-cert=c',
      '--tls-key=k',
      '--tls-ca=a',
      '--socket-group=g',
      '--registries-conf=r',
      '--log-level=debug',
      '--root=/r',
    ].concat(['--insecure-registry=h:1', '--insecure-registry=h:2', '--cors=https://x', '--runroot=/rr']),
  );
  assert.deepEqual(options, {
    listen: ['unix:///run/selkie/selkie.sock'],
    root: '/r',
    runroot: '/rr',
    idleSeconds: 0,
    socketGroup: 'g',
    tls: { cert: 'c', key: 'k', ca: 'a' },
    insecureTcp: false,
    origins: ['https://x'],
    registriesConf: 'r',
    insecureRegistries: ['h:1', 'h:2'],
    logLevel: 'debug',
  });
});

test('a wrong argument is refused with the remedy', () => {
  for (const [args, remedy] of [
    [['--time', 'soon'], /whole seconds/],
    [['--time', '99999999'], /up to 999999/],
    [['--tls-cert', 'x'], /give all three or none/],
    [['--log-level', 'loud'], /debug, info, warn, error/],
    [['--nonsense'], /nonsense/],
    [['--root'], /root/],
  ] as const) {
    assert.throws(
      () => parseOptions(args),
      (error) => isSelkieError(error, 'INVALID_PARAMETER') && remedy.test(error.message),
      args.join(' '),
    );
  }
});

test('help is asked for by name and lists every option', () => {
  assert.equal(parseOptions(['--help']), 'help');
  for (const option of [
    'listen',
    'root',
    'runroot',
    'time',
    'tls-cert',
    'insecure-tcp',
    'registries-conf',
    'log-level',
  ]) {
    assert.ok(USAGE.includes(`--${option}`), option);
  }
});
