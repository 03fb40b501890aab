import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyChanges } from '../../src/images/changes.ts';
import type { ImageConfig } from '../../src/images/config.ts';

const base: ImageConfig = { env: ['PATH=/bin', 'HOME=/root'], cmd: ['sh'], workingDir: '/srv', labels: { a: '1' } };

const CASES: readonly [change: string | readonly string[], expected: Partial<ImageConfig>][] = [
  ['CMD ["a", "b"]', { cmd: ['a', 'b'] }],
  ['CMD echo $HOME', { cmd: ['/bin/sh', '-c', 'echo $HOME'] }],
  ['cmd=/bin/ls', { cmd: ['/bin/sh', '-c', '/bin/ls'] }],
  [['CMD ["x"]', 'ENTRYPOINT ["y"]'], { cmd: ['x'], entrypoint: ['y'] }],
  ['ENV A=1 B="two words" C=three\\ words', { env: [...(base.env ?? []), 'A=1', 'B=two words', 'C=three words'] }],
  ['ENV A all the rest', { env: [...(base.env ?? []), 'A=all the rest'] }],
  [`ENV PATH=/opt:$PATH HOME=\${NONE:-/x}`, { env: ['PATH=/opt:/bin', 'HOME=/x'] }],
  ["ENV A='$PATH' B=\\$PATH", { env: [...(base.env ?? []), 'A=$PATH', 'B=$PATH'] }],
  ['LABEL b=2 "c d"="e f"', { labels: { a: '1', b: '2', 'c d': 'e f' } }],
  ['EXPOSE 80 53/udp 90-92', { exposedPorts: ['80/tcp', '53/udp', '90/tcp', '91/tcp', '92/tcp'] }],
  ['VOLUME ["/a", "/b c"]', { volumes: ['/a', '/b c'] }],
  ['VOLUME /a /b', { volumes: ['/a', '/b'] }],
  ['USER nobody:users', { user: 'nobody:users' }],
  ['WORKDIR sub/dir', { workingDir: '/srv/sub/dir' }],
  ['WORKDIR /abs/../up', { workingDir: '/up' }],
  ['STOPSIGNAL SIGUSR1', { stopSignal: 'SIGUSR1' }],
  ['HEALTHCHECK NONE', { healthcheck: { test: ['NONE'] } }],
  [
    'HEALTHCHECK --interval=1m30s --retries=2 CMD curl localhost',
    { healthcheck: { test: ['CMD-SHELL', 'curl localhost'], interval: 90e9, retries: 2 } },
  ],
  ['HEALTHCHECK CMD ["true"]', { healthcheck: { test: ['CMD', 'true'] } }],
  ['ONBUILD RUN make', { onBuild: ['RUN make'] }],
];

for (const [change, expected] of CASES) {
  test(`${JSON.stringify(change)} is applied`, () => {
    assert.deepEqual(applyChanges(base, [change].flat()), { ...base, ...expected });
  });
}

test('an entrypoint takes away the command that was written for another', () => {
  const { cmd: _, ...rest } = base;
  assert.deepEqual(applyChanges(base, ['ENTRYPOINT ["y"]']), { ...rest, entrypoint: ['y'] });
});

for (const change of [
  'FROM x',
  'RUN ls',
  'CMD',
  'ENV',
  'ENV A',
  'ENV A="open',
  'LABEL =x',
  'EXPOSE 99999',
  'EXPOSE http',
  'STOPSIGNAL SIGNOPE',
  'HEALTHCHECK --interval=soon CMD x',
  'HEALTHCHECK --other=1 CMD x',
  'HEALTHCHECK CMD',
  'ONBUILD FROM x',
  'nonsense',
]) {
  test(`${JSON.stringify(change)} is refused`, () => {
    assert.throws(() => applyChanges(base, [change]), { code: 'INVALID_PARAMETER' });
  });
}
