import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseOptions } from '../../src/options/parse.ts';
import { CONTAINER_OPTIONS } from '../../src/spec/options.ts';
import { containerSpec } from '../../src/spec/spec.ts';

/** What is sent for a command line, without what is always the same. */
function sent(...argv: readonly string[]): unknown {
  const { values, args } = parseOptions(CONTAINER_OPTIONS, [...argv, 'image', 'command', '-x'], false);
  const spec = containerSpec(values, args, ['run']);
  const { image, command, containerCreateCommand, remove, init, stdin, terminal, ...rest } = JSON.parse(
    JSON.stringify(spec),
  );
  assert.deepEqual([image, command, containerCreateCommand], ['image', ['command', '-x'], ['selkie', 'run']]);
  const flags = Object.entries({ remove, init, stdin, terminal }).filter(([, value]) => value);
  return { ...Object.fromEntries(flags), ...rest };
}

process.env.SELKIE_TEST_GIVEN = 'given';

const CASES: readonly (readonly [argv: string, spec: object])[] = [
  ['', {}],
  ['-it --rm --init', { stdin: true, terminal: true, remove: true, init: true }],
  [
    '-e A=1 -e B=x=y -e SELKIE_TEST_GIVEN -e SELKIE_TEST_ABSENT',
    { env: { A: '1', B: 'x=y', SELKIE_TEST_GIVEN: 'given' } },
  ],
  ['--unsetenv A --unsetenv-all', { unsetenv: ['A'], unsetenvall: true }],
  ['-l a=b -l c', { labels: { a: 'b', c: '' } }],
  ['--entrypoint sh', { entrypoint: ['sh'] }],
  ['--entrypoint ["a","b"]', { entrypoint: ['a', 'b'] }],
  ['--entrypoint=', { entrypoint: [''] }],
  [
    '-h box -w /tmp -u 1:2 --group-add 3,4 --umask 077',
    { hostname: 'box', work_dir: '/tmp', user: '1:2', groups: ['3', '4'], umask: '077' },
  ],
  ['--stop-signal SIGUSR1', { stop_signal: 10 }],
  ['--stop-signal int --stop-timeout 3', { stop_signal: 2, stop_timeout: 3 }],
  [
    '-p 8080:80 -p 443',
    {
      portmappings: [
        { container_port: 80, range: 1, host_port: 8080 },
        { container_port: 443, range: 1 },
      ],
    },
  ],
  [
    '-p 127.0.0.1:8000-8002:80-82/udp -p [::1]::9/TCP',
    {
      portmappings: [
        { container_port: 80, range: 3, host_port: 8000, host_ip: '127.0.0.1', protocol: 'udp' },
        { container_port: 9, range: 1, host_ip: '::1', protocol: 'tcp' },
      ],
    },
  ],
  [
    '-P --expose 80 --expose 81-82/udp --expose 80/udp',
    { publish_image_ports: true, expose: { 80: 'tcp,udp', 81: 'udp', 82: 'udp' } },
  ],
  ['--network none', { netns: { nsmode: 'none' } }],
  ['--net container:web', { netns: { nsmode: 'container', value: 'web' } }],
  ['--network ns:/run/netns/x', { netns: { nsmode: 'path', value: '/run/netns/x' } }],
  ['--network bridge', { netns: { nsmode: 'bridge' }, Networks: { default: {} } }],
  [
    '--network a:ip=10.0.0.2,alias=x,alias=y --network b',
    { netns: { nsmode: 'bridge' }, Networks: { a: { static_ips: ['10.0.0.2'], aliases: ['x', 'y'] }, b: {} } },
  ],
  [
    '--ip 10.88.0.9 --network-alias n',
    { netns: { nsmode: 'bridge' }, Networks: { default: { static_ips: ['10.88.0.9'], aliases: ['n'] } } },
  ],
  [
    '--dns 1.1.1.1,8.8.8.8 --dns-opt ndots:1 --dns-search x --add-host a:1.2.3.4 --no-hosts',
    {
      dns_server: ['1.1.1.1', '8.8.8.8'],
      dns_option: ['ndots:1'],
      dns_search: ['x'],
      hostadd: ['a:1.2.3.4'],
      use_image_hosts: true,
    },
  ],
  ['-v data:/data:ro -v /anon', { volumes: [{ Name: 'data', Dest: '/data', Options: ['ro'] }, { Dest: '/anon' }] }],
  ['-v /src:/dst:ro,z', { mounts: [{ type: 'bind', source: '/src', destination: '/dst', options: ['ro', 'z'] }] }],
  ['-v ./src:/dst', { mounts: [{ type: 'bind', source: `${process.cwd()}/src`, destination: '/dst' }] }],
  [
    '--mount type=bind,src=/a,dst=/b,ro,bind-propagation=rslave',
    { mounts: [{ type: 'bind', source: '/a', destination: '/b', options: ['ro', 'rslave'] }] },
  ],
  [
    '--mount type=tmpfs,target=/t,tmpfs-size=1m,tmpfs-mode=1777',
    { mounts: [{ type: 'tmpfs', source: 'tmpfs', destination: '/t', options: ['size=1m', 'mode=1777'] }] },
  ],
  [
    '--mount source=v,destination=/v,readonly,volume-nocopy',
    { volumes: [{ Name: 'v', Dest: '/v', Options: ['ro', 'nocopy'] }] },
  ],
  ['--tmpfs /t:size=1m', { mounts: [{ type: 'tmpfs', source: 'tmpfs', destination: '/t', options: ['size=1m'] }] }],
  ['--read-only', { read_only_filesystem: true, read_write_tmpfs: true }],
  ['--read-only --read-only-tmpfs=false', { read_only_filesystem: true }],
  [
    '-m 512m --memory-swap -1 --memory-reservation 1.5g',
    { resource_limits: { memory: { limit: 536870912, swap: -1, reservation: 1610612736 } } },
  ],
  [
    '--cpus 1.5 --cpuset-cpus 0-1 -c 512',
    { resource_limits: { cpu: { period: 100000, quota: 150000, cpus: '0-1', shares: 512 } } },
  ],
  ['--pids-limit -1 --blkio-weight 100', { resource_limits: { pids: { limit: -1 }, blockIO: { weight: 100 } } }],
  [
    '--ulimit nofile=1024:2048 --ulimit core=unlimited',
    {
      r_limits: [
        { type: 'nofile', soft: 1024, hard: 2048 },
        { type: 'core', soft: -1, hard: -1 },
      ],
    },
  ],
  ['--oom-score-adj -5 --shm-size 64m', { oom_score_adj: -5, shm_size: 67108864 }],
  ['--device /dev/fuse:/dev/x:rw', { devices: [{ path: '/dev/fuse:/dev/x:rw' }] }],
  [
    '--cap-add NET_ADMIN,SYS_TIME --cap-drop all --privileged',
    { cap_add: ['NET_ADMIN', 'SYS_TIME'], cap_drop: ['all'], privileged: true },
  ],
  [
    '--security-opt no-new-privileges --security-opt seccomp=unconfined --security-opt label:disable --security-opt systempaths=unconfined',
    { no_new_privileges: true, seccomp_profile_path: 'unconfined', selinux_opts: ['disable'], unmask: ['ALL'] },
  ],
  ['--sysctl a.b=1', { sysctl: { 'a.b': '1' } }],
  [
    '--pid host --ipc shareable --uts private --cgroupns host --userns keep-id:uid=1',
    {
      pidns: { nsmode: 'host' },
      ipcns: { nsmode: 'shareable' },
      utsns: { nsmode: 'private' },
      cgroupns: { nsmode: 'host' },
      userns: { nsmode: 'keep-id', value: 'uid=1' },
    },
  ],
  ['--restart on-failure:3', { restart_policy: 'on-failure', restart_tries: 3 }],
  ['--restart always', { restart_policy: 'always' }],
  [
    '--health-cmd true --health-interval 1m30s --health-retries 2',
    { healthconfig: { Test: ['CMD-SHELL', 'true'], Interval: 90e9, Retries: 2 } },
  ],
  ['--health-cmd ["ls","/"]', { healthconfig: { Test: ['CMD', 'ls', '/'] } }],
  ['--no-healthcheck', { healthconfig: { Test: ['NONE'] } }],
  [
    '--log-driver k8s-file --log-opt max-size=1m --log-opt path=/l --log-opt tag=x',
    { log_configuration: { driver: 'k8s-file', path: '/l', size: 1048576, options: { tag: 'x' } } },
  ],
  ['--platform linux/arm64/v8', { image_os: 'linux', image_arch: 'arm64', image_variant: 'v8' }],
  [
    '--name n --annotation a=b --runtime crun --systemd --cgroup-parent /p',
    { name: 'n', annotations: { a: 'b' }, oci_runtime: 'crun', systemd: 'true', cgroup_parent: '/p' },
  ],
];

for (const [argv, spec] of CASES) {
  test(argv || 'nothing asked for', () => assert.deepEqual(sent(...argv.split(' ').filter(Boolean)), spec));
}

test('a rule for devices', () => {
  assert.deepEqual(sent('--device-cgroup-rule', 'c 13:* rwm'), {
    device_cgroup_rule: [{ allow: true, type: 'c', major: 13, minor: -1, access: 'rwm' }],
  });
});

const REFUSED: readonly (readonly [argv: string, message: RegExp])[] = [
  ['--rm --restart always', /--rm cannot be combined with --restart/],
  ['--restart sometimes:2', /invalid restart policy/],
  ['--restart on-failure:x', /invalid restart policy/],
  ['-m much', /"much" for "--memory" flag: it is no size/],
  ['-p 80:81:82:83', /invalid port: 80:81:82:83/],
  ['-p 0', /invalid port: 0/],
  ['-p 99999', /invalid port/],
  ['-p 1-2:5', /invalid port/],
  ['--network host --network a', /cannot be combined with another network/],
  ['--network none --ip 1.2.3.4', /need a network/],
  ['--network a --network b --ip 1.2.3.4', /are for one network/],
  ['--network a:speed=1', /invalid network option: speed/],
  ['--network container:', /names nothing/],
  ['--mount type=bind,dst=/a', /invalid mount/],
  ['--mount type=glob,dst=/a', /invalid mount type: glob/],
  ['--mount type=tmpfs,dst=/a,speed=1', /unknown option speed/],
  ['-v a:b:c:d', /invalid volume/],
  ['--cpus 1 --cpu-quota 1', /--cpus cannot be combined/],
  ['--cpus none', /no number of CPUs/],
  ['--ulimit nofile', /invalid ulimit/],
  ['--security-opt magic=1', /invalid security option/],
  ['--sysctl a', /must be NAME=VALUE/],
  ['--stop-signal SIGNONSENSE', /invalid signal/],
  ['--health-retries 3', /say how a check is run/],
  ['--no-healthcheck --health-cmd x', /cannot be combined with --health-cmd/],
  ['--health-cmd x --health-timeout soon', /it is no duration/],
  ['--platform linux/amd64 --arch arm64', /--platform cannot be combined/],
  ['-e =x', /invalid environment variable/],
];

for (const [argv, message] of REFUSED) {
  test(`refused: ${argv}`, () => assert.throws(() => sent(...argv.split(' ')), { name: 'UsageError', message }));
}
