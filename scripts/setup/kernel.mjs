import { readFileSync } from 'node:fs';
import { SetupError } from './report.mjs';
import { attempt, findProgram } from './run.mjs';

/** Uses each kind of expression that the bridge driver's rules do. */
const TRIAL_TABLE = `
  table inet trial {
    map ports { type inet_proto . inet_service : ipv4_addr . inet_service; }
    chain publish { dnat ip to meta l4proto . th dport map @ports; }
    chain prerouting { type nat hook prerouting priority -100; fib daddr type local jump publish; }
    chain postrouting { type nat hook postrouting priority 100; ct status dnat masquerade; }
  }`;

/**
 * What the kernel must offer. Each is tried for real, in a network namespace of its own that goes away with the trial; trying also makes
 * the kernel load the module.
 * @type {readonly { what: string, trial: () => boolean, remedy: string }[]}
 */
const NEEDS = [
  {
    what: 'network namespaces (CAP_SYS_ADMIN)',
    trial: () => attempt('unshare', ['--net', '--mount', 'true']).ok,
    remedy: 'run on the machine itself, or in a container started with --privileged',
  },
  {
    what: 'the overlay filesystem',
    trial: () => {
      if (!hasFilesystem('overlay')) attempt('modprobe', ['overlay']);
      return hasFilesystem('overlay');
    },
    remedy: 'modprobe overlay (kernel option CONFIG_OVERLAY_FS)',
  },
  {
    what: 'bridges and veth pairs',
    trial: () => inNetns('ip link add b0 type bridge && ip link add v0 type veth peer name v1'),
    remedy: 'modprobe -a bridge veth (kernel options CONFIG_BRIDGE, CONFIG_VETH)',
  },
  {
    what: 'nftables with address translation',
    trial: () => inNetns(`nft '${TRIAL_TABLE}'`),
    remedy:
      'modprobe -a nf_tables nft_nat nft_masq nft_fib_inet nft_ct (kernel options CONFIG_NF_TABLES, CONFIG_NFT_NAT, CONFIG_NFT_MASQ, CONFIG_NFT_FIB_INET, CONFIG_NFT_CT)',
  },
  {
    what: 'control groups for cpu, memory and pids under /sys/fs/cgroup',
    trial: hasCgroups,
    remedy:
      'mount them (systemd does), and boot without cgroup_disable=; inside a container start it with --privileged',
  },
];

/** @throws {SetupError} naming everything the kernel lacks */
export function checkKernel() {
  const lacking = NEEDS.filter((need) => !need.trial());
  if (lacking.length === 0) return;
  throw new SetupError(
    `the kernel does not offer ${lacking.map((need) => need.what).join('; ')}`,
    lacking.map((need) => need.remedy).join('; '),
  );
}

/** @param {string} script */
function inNetns(script) {
  return (
    findProgram('unshare') && attempt('unshare', ['--net', 'sh', '-c', `PATH=$PATH:/usr/sbin:/sbin; ${script}`]).ok
  );
}

/** @param {string} name */
function hasFilesystem(name) {
  return readFileSync('/proc/filesystems', 'utf8')
    .split('\n')
    .some((line) => line.endsWith(`\t${name}`));
}

/** True for the unified hierarchy and for the older one of a hierarchy a controller. */
function hasCgroups() {
  const mounts = readFileSync('/proc/self/mountinfo', 'utf8').split('\n');
  const offered = mounts.flatMap((line) => {
    const [, mountPoint = '', rest = ''] = /^\S+ \S+ \S+ \S+ (\S+) .* - (.*)$/.exec(line) ?? [];
    if (rest.startsWith('cgroup2 ') && mountPoint === '/sys/fs/cgroup') {
      return readFileSync('/sys/fs/cgroup/cgroup.controllers', 'utf8').trim().split(' ');
    }
    return rest.startsWith('cgroup ') ? (rest.split(' ')[2] ?? '').split(',') : [];
  });
  return ['cpu', 'memory', 'pids'].every((controller) => offered.includes(controller));
}
