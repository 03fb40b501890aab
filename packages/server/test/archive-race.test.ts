/** Containers that change what is where all the while must not make the service touch anything of the host. */
import assert from 'node:assert/strict';
import { lstatSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { tar } from '../../../conformance/support/archives.ts';
import { type ImageSource, startImageSource } from '../../../conformance/support/images.ts';
import { type Service, startService } from '../../../conformance/support/service.ts';
import { TemporaryDirectory } from '../../../conformance/support/temporary.ts';

const OPERATIONS = Number(process.env.SELKIE_ARCHIVE_RACE ?? 300);
const AT_ONCE = 4;
const NAMES = ['secret', 'sub/secret', 'sub', '.'];
const SECRET = 'the host keeps this to itself';

suite('archives of containers that swap links and mounts', { timeout: 120_000 }, () => {
  let images: ImageSource;
  let service: Service;
  const canary = new TemporaryDirectory('selkie-canary-');

  before(async () => {
    images = await startImageSource();
    service = await startService({ args: images.args });
    await service.request('POST', '/v1.45/images/create?fromImage=busybox&tag=latest');
    mkdirSync(join(canary.path, 'sub'));
    for (const name of ['secret', 'sub/secret']) writeFileSync(join(canary.path, name), SECRET);
    // So long ago that a read would be noted even where access times are kept sparingly.
    for (const name of NAMES) utimesSync(join(canary.path, name), 1, 2);
  });
  after(async () => {
    await service[Symbol.asyncDispose]();
    await images[Symbol.asyncDispose]();
    canary[Symbol.dispose]();
  });

  async function created(body: { readonly Cmd: readonly string[]; readonly HostConfig: object }): Promise<string> {
    const HostConfig = { NetworkMode: 'none', Binds: ['shared:/shared'], ...body.HostConfig };
    const answer = await service.request('POST', '/v1.45/containers/create', { Image: 'busybox', ...body, HostConfig });
    return answer.string('Id');
  }

  test(`${OPERATIONS} operations never read or change what is outside`, async (t) => {
    const victim = await created({ Cmd: ['true'], HostConfig: {} });
    const attacker = await created({ Cmd: ['sh', '-c', swapping(canary.path)], HostConfig: { CapAdd: ['SYS_ADMIN'] } });
    await service.request('POST', `/v1.45/containers/${attacker}/start`);
    const before = traces(canary.path);
    const outcomes = new Map<string, number>();
    let next = 0;
    async function client(): Promise<void> {
      while (next < OPERATIONS) {
        const number = next++;
        const [method, path, body] = operation(number, [attacker, victim]);
        const answer = await service.request(method, path, body).catch((error: Error) => error);
        const what = answer instanceof Error ? 'cut' : String(answer.status);
        if (!(answer instanceof Error)) {
          assert.ok(!answer.body.includes(SECRET), `${method} ${path} gave away a file of the host`);
          assert.ok(answer.status < 500, `${method} ${path}: ${answer.status} ${answer.text}`);
        }
        outcomes.set(`${method} ${what}`, (outcomes.get(`${method} ${what}`) ?? 0) + 1);
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, client));
    assert.deepEqual(traces(canary.path), before);
    assert.equal(readFileSync(join(canary.path, 'secret'), 'utf8'), SECRET);
    t.diagnostic([...outcomes].map(([what, times]) => `${what}: ${times}`).join(', '));
    // Both sides were at it: the attacker ran to the end, and its victims were found in more than one state.
    assert.equal((await service.request('GET', `/v1.45/containers/${attacker}/json`)).at('State', 'Running'), true);
    for (const method of ['GET', 'PUT', 'HEAD']) assert.ok(outcomes.has(`${method} 200`), [...outcomes].join());
    assert.ok(
      [...outcomes.keys()].some((what) => /[ ](404|400|403)$/.test(what)),
      [...outcomes].join(),
    );
  });
});

/** What a container with more rights than it should have can do to a name in its root and in a volume others have. */
function swapping(host: string): string {
  const out = '../../../../../../../..';
  return `
    mkdir -p /own /other; echo other > /other/secret
    for d in /own /shared; do mkdir -p $d/spot/sub; echo inside > $d/spot/secret; echo inside > $d/spot/sub/secret; done
    while :; do
      for d in /own /shared; do
        mv $d/spot $d/away
        for to in ${host} ${out}${host} /proc/1/root${host} /proc/self/root/${out}${host} /proc/self/cwd; do
          ln -s $to $d/spot; rm -rf $d/spot
        done
        mkfifo $d/spot; rm -rf $d/spot; mknod $d/spot c 1 3; rm -rf $d/spot
        mv $d/away/sub $d/kept; ln -s ${host}/sub $d/away/sub
        mv $d/away $d/spot
        rm -rf $d/spot/sub; mv $d/kept $d/spot/sub
        mount --bind /other $d/spot && umount $d/spot
        mount -t tmpfs none $d/spot/sub && umount $d/spot/sub
      done
    done 2>/dev/null`;
}

function operation(number: number, containers: readonly [string, string]): [string, string, Buffer?] {
  // Every combination comes up: the factors have nothing in common.
  const container = containers[number % 2];
  const directory = number % 2 === 0 && number % 3 !== 0 ? '/own' : '/shared';
  const at = (path: string, more = '') => `/v1.45/containers/${container}/archive?path=${directory}${path}${more}`;
  const planted = { name: 'spot/planted', data: 'planted' };
  const replaced = { name: 'spot/secret', data: 'replaced' };
  const operations: (() => [string, string, Buffer?])[] = [
    () => ['GET', at('/spot')],
    () => ['GET', at('')],
    () => ['HEAD', at('/spot/secret')],
    () => ['GET', at('/spot/secret')],
    () => ['PUT', at(''), tar(planted, replaced)],
    () => ['GET', at('/spot/.')],
    () => ['PUT', at('/spot'), tar({ name: 'planted', data: 'planted' }, { name: 'sub/secret', data: 'replaced' })],
    () => ['GET', at('/spot/sub/../../spot/sub')],
    () => ['PUT', at('', '&noOverwriteDirNonDir=1'), tar({ name: 'spot', type: '5' }, planted, replaced)],
    () => ['HEAD', at('/spot')],
    () => [
      'PUT',
      at('/spot/sub'),
      tar({ name: 'new/', type: '5', mode: 0o777 }, { name: 'secret', type: '1', linkName: 'new' }),
    ],
  ];
  return (operations[number % operations.length] ?? operations[0])?.() ?? ['HEAD', at('')];
}

/** Everything a visit would leave a trace in. Nothing is listed for it, which would be a visit itself. */
function traces(directory: string): object[] {
  return NAMES.map((name) => {
    const { mode, uid, gid, size, atimeNs, mtimeNs, ctimeNs, nlink } = lstatSync(join(directory, name), {
      bigint: true,
    });
    return { name, mode, uid, gid, size, atimeNs, mtimeNs, ctimeNs, nlink };
  });
}
