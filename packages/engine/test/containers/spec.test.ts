import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { Bundle } from '../support/bundle.ts';

/** Runs a script and returns its output's lines, failing with them where it fails. */
async function lines(bundle: Bundle, ...run: Parameters<Bundle['run']>): Promise<string[]> {
  const { code, output } = await bundle.run(...run);
  assert.equal(code, 0, output);
  return output.trimEnd().split('\n');
}

suite('a spec of ours under the real runtime', () => {
  test('a container that asks for nothing is confined', async () => {
    await using bundle = new Bundle();
    const output = await lines(
      bundle,
      `cat /proc/self/status; pwd; hostname; id; env; touch /proc/sys/kernel/hostname 2>&1
       stat -c "masked %F" /proc/interrupts; mount`,
    );
    const has = (line: string) => assert.ok(output.includes(line), `${line} is missing in ${output.join('\n')}`);
    for (const set of ['CapPrm', 'CapEff', 'CapBnd']) has(`${set}:\t00000000a80425fb`);
    has('CapAmb:\t0000000000000000');
    has('Seccomp:\t2');
    has('NoNewPrivs:\t0');
    has('/');
    has(bundle.id.slice(0, 12));
    has('uid=0(root) gid=0(root) groups=0(root)');
    has(`HOSTNAME=${bundle.id.slice(0, 12)}`);
    has('HOME=/root');
    assert.ok(output.some((line) => /Read-only file system/.test(line)));
    assert.ok(output.some((line) => /^sysfs on \/sys type sysfs \(ro,nosuid,nodev,noexec/.test(line)));
    has('masked character special file');
    assert.ok(output.some((line) => /^shm on \/dev\/shm .*size=65536k/.test(line)));
  });

  test('a system call the filter refuses answers EPERM', async () => {
    await using bundle = new Bundle();
    const [unshare] = await lines(bundle, 'unshare -U true 2>&1 || true');
    assert.match(unshare ?? '', /Operation not permitted/);
  });

  test('a capability of its own reaches the process and its system calls', async () => {
    await using bundle = new Bundle();
    const output = await lines(bundle, 'hostname changed && hostname; mount -t tmpfs none /tmp && echo mounted', {
      security: { capAdd: ['sys_admin'] },
    });
    assert.deepEqual(output, ['changed', 'mounted']);
  });

  test('a user of the image has its groups, home and no capabilities', async () => {
    await using bundle = new Bundle();
    const output = await lines(bundle, 'id; echo $HOME; cat /proc/self/status', {
      process: { user: 'app', groups: ['4321'] },
    });
    assert.equal(output[0], 'uid=1000(app) gid=1001(app) groups=1001(app),2000(extra),4321');
    assert.equal(output[1], '/home/app');
    assert.ok(output.includes('CapEff:\t0000000000000000'));
    assert.ok(output.includes('CapBnd:\t00000000a80425fb'));
  });

  test('a capability added by name reaches a libpod user that is not root', async () => {
    await using bundle = new Bundle();
    const output = await lines(bundle, 'cat /proc/self/status; env', {
      process: { user: 'app' },
      security: { capAdd: ['CAP_NET_ADMIN'] },
      origin: { dialect: 'libpod' },
    });
    assert.ok(output.includes('CapEff:\t0000000000001000'));
    assert.ok(output.includes('CapAmb:\t0000000000001000'));
    assert.ok(output.includes('container=podman'));
  });

  test('limits are set, and clamped where the host does not allow them', async () => {
    await using bundle = new Bundle();
    const output = await lines(
      bundle,
      'ulimit -Sn; ulimit -Hn; ulimit -Sc; cat /sys/fs/cgroup/memory/memory.limit_in_bytes /sys/fs/cgroup/memory.max 2>&1 || true',
      {
        resources: {
          memory: 64 << 20,
          ulimits: [
            { name: 'nofile', soft: 128, hard: -1 },
            { name: 'RLIMIT_CORE', soft: -1, hard: -1 },
          ],
        },
      },
    );
    const hard = /^Max open files\s+\d+\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
    const nrOpen = readFileSync('/proc/sys/fs/nr_open', 'utf8').trim();
    assert.equal(output[0], '128');
    assert.ok([hard, nrOpen].includes(output[1]));
    assert.equal(output[2], 'unlimited');
    assert.ok(output.slice(3).includes(String(64 << 20)));
    assert.deepEqual(bundle.warnings, [`ulimit nofile is limited to ${output[1]} by this host`]);
  });

  test('mounts, a read-only root, sysctls and names', async () => {
    await using bundle = new Bundle();
    const source = join(bundle.directory, 'source');
    mkdirSync(source);
    writeFileSync(join(source, 'file'), 'from the host\n');
    const hosts = join(bundle.directory, 'hosts');
    writeFileSync(hosts, '127.0.0.1 localhost\n');
    const output = await lines(
      bundle,
      `cat /data/file /etc/hosts; touch /data/x 2>&1; touch /x 2>&1; touch /scratch/ok && echo scratch; hostname
       cat /proc/sys/kernel/msgmax /proc/sys/net/ipv4/ip_unprivileged_port_start; mount`,
      {
        hostname: 'named',
        shmSize: 1 << 20,
        mounts: [
          { type: 'bind', source, target: '/data', readOnly: true, options: ['nosuid'], createSource: false },
          { type: 'tmpfs', target: '/scratch/', readOnly: false, options: ['size=64k,mode=1777'] },
        ],
        security: { readOnlyRootfs: true, sysctls: { 'kernel.msgmax': '4096' } },
      },
      { files: { hosts } },
    );
    assert.deepEqual(output.slice(0, 8), [
      'from the host',
      '127.0.0.1 localhost',
      'touch: /data/x: Read-only file system',
      'touch: /x: Read-only file system',
      'scratch',
      'named',
      '4096',
      '0',
    ]);
    const mount = (path: string) => output.find((line) => line.includes(` on ${path} `)) ?? '';
    assert.match(mount('/data'), /ro,nosuid/);
    assert.match(mount('/scratch'), /nosuid,nodev,noexec,.*size=64k/);
    assert.match(mount('/dev/shm'), /size=1024k/);
  });

  test('a privileged container has every capability of the host, its devices and writable kernel settings', async () => {
    await using bundle = new Bundle();
    const output = await lines(bundle, 'cat /proc/self/status; ls /dev; mount', { security: { privileged: true } });
    const own = /^CapBnd:.*$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[0];
    assert.ok(output.includes(own?.replace('CapBnd', 'CapEff') ?? ''));
    assert.ok(output.includes('Seccomp:\t0'));
    assert.ok(output.includes('kmsg') || !existsSync('/dev/kmsg'));
    assert.ok(!output.some((line) => line.includes('/proc/sys ')));
    assert.ok(output.some((line) => /^sysfs on \/sys type sysfs \(rw/.test(line)));
  });

  test('a device of the host can be used and no other', async () => {
    await using bundle = new Bundle();
    const output = await lines(
      bundle,
      'head -c 1 /dev/noise | busybox wc -c; busybox mknod /tmp/kmsg c 1 11; head -c 0 /tmp/kmsg 2>&1; cat /tmp/kmsg 2>&1 | head -n 1',
      { devices: [{ hostPath: '/dev/urandom', containerPath: '/dev/noise', permissions: 'r' }] },
    );
    assert.equal(output[0], '1');
    assert.match(output.slice(1).join('\n'), /Operation not permitted|Permission denied/);
  });

  test('an exec session runs as its user, in its directory, within the container’s limits', async () => {
    await using bundle = new Bundle();
    bundle.start('sleep 300');
    const output = bundle.exec('id -u; pwd; echo $HOME $FROM; ulimit -Sn; cat /proc/self/status', {
      user: 'app',
      workdir: '/home/app',
      containerEnv: ['FROM=container'],
    });
    assert.match(output, /^1000\n\/home\/app\n\/home\/app container\n1024\n/);
    assert.match(output, /^CapEff:\t0{16}$/m);
    assert.match(output, /^Seccomp:\t2$/m);
    const all = /^CapBnd:\t(.*)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
    assert.match(
      bundle.exec('cat /proc/self/status', { user: '', privileged: true }),
      new RegExp(`^CapEff:\\t${all}$`, 'm'),
    );
  });

  test('namespaces are the host’s or another container’s where asked for', async () => {
    const links = (root: string) => ['pid', 'ipc', 'uts', 'net'].map((name) => readlinkSync(`${root}/${name}`));
    const script = 'cd /proc/self/ns; for n in pid ipc uts net; do busybox readlink $n; done';
    const kind = 'host' as const;
    await using hosts = new Bundle();
    assert.deepEqual(
      await lines(hosts, script, {
        namespaces: { pid: { kind }, ipc: { kind }, uts: { kind } },
        network: { mode: { kind } },
      }),
      links('/proc/self/ns'),
    );

    await using other = new Bundle();
    other.start('sleep 300');
    const [pid = 0] = other.cgroups.processes(other.cgroupsPath);
    const shared = { kind: 'container', container: 'other' } as const;
    const path = (name: string) => `/proc/${pid}/ns/${name}`;
    await using joining = new Bundle();
    assert.deepEqual(
      await lines(
        joining,
        script,
        { namespaces: { pid: shared, ipc: shared, uts: shared }, network: { mode: shared } },
        { namespacePaths: { pid: path('pid'), ipc: path('ipc'), uts: path('uts'), network: path('net') } },
      ),
      links(`/proc/${pid}/ns`),
    );
  });

  test('a profile of the client’s takes the place of the default', async () => {
    await using bundle = new Bundle();
    const seccomp = JSON.stringify({
      defaultAction: 'SCMP_ACT_ALLOW',
      syscalls: [{ names: ['mkdir', 'mkdirat'], action: 'SCMP_ACT_ERRNO', errnoRet: 28 }],
    });
    const output = await lines(bundle, 'mkdir /tmp/x 2>&1; unshare -U true && echo allowed', { security: { seccomp } });
    assert.deepEqual(output, ["mkdir: can't create directory '/tmp/x': No space left on device", 'allowed']);
  });

  test('a read-only bind can be so in all that is mounted beneath it', async () => {
    await using bundle = new Bundle();
    const source = join(bundle.directory, 'source');
    mkdirSync(source);
    const output = await lines(bundle, 'touch /data/x 2>&1 || true', {
      mounts: [
        { type: 'bind', source, target: '/data', readOnly: true, options: ['rro', 'rslave'], createSource: false },
      ],
    });
    assert.match(output[0] ?? '', /Read-only/);
  });
});
