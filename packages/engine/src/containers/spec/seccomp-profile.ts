import type { SeccompProfile } from './seccomp.ts';

/** System calls any process may make, by what they are for. Names a kernel or an architecture lacks are ignored by the runtime. */
const ALLOWED: Readonly<Record<string, string>> = {
  open: 'open openat openat2 creat close close_range dup dup2 dup3 fcntl fcntl64 flock name_to_handle_at',
  read: 'read readv pread64 preadv preadv2 readahead lseek _llseek write writev pwrite64 pwritev pwritev2 ioctl',
  copy: 'sendfile sendfile64 splice tee vmsplice copy_file_range pipe pipe2',
  stat: 'stat stat64 lstat lstat64 fstat fstat64 fstatat64 newfstatat statx statfs statfs64 fstatfs fstatfs64',
  access: 'access faccessat faccessat2 umask chmod fchmod fchmodat fchmodat2',
  owner: 'chown chown32 fchown fchown32 fchownat lchown lchown32',
  times: 'utime utimes utimensat utimensat_time64 futimesat',
  links: 'link linkat unlink unlinkat symlink symlinkat readlink readlinkat rename renameat renameat2',
  directories: 'mkdir mkdirat rmdir mknod mknodat getdents getdents64 getcwd chdir fchdir',
  size: 'truncate truncate64 ftruncate ftruncate64 fallocate fadvise64 fadvise64_64 arm_fadvise64_64 cachestat',
  sync: 'sync syncfs fsync fdatasync sync_file_range sync_file_range2 arm_sync_file_range msync',
  xattrs:
    'getxattr lgetxattr fgetxattr setxattr lsetxattr fsetxattr listxattr llistxattr flistxattr removexattr lremovexattr fremovexattr ' +
    'getxattrat setxattrat listxattrat removexattrat',
  watch: 'inotify_init inotify_init1 inotify_add_watch inotify_rm_watch fanotify_mark',
  poll:
    'poll ppoll ppoll_time64 select _newselect pselect6 pselect6_time64 epoll_create epoll_create1 epoll_ctl epoll_ctl_old epoll_wait ' +
    'epoll_wait_old epoll_pwait epoll_pwait2 eventfd eventfd2',
  asynchronous: 'io_setup io_destroy io_submit io_cancel io_getevents io_pgetevents io_pgetevents_time64',
  memory:
    'brk mmap mmap2 munmap mremap mprotect madvise mincore mlock mlock2 mlockall munlock munlockall membarrier remap_file_pages ' +
    'memfd_create memfd_secret pkey_alloc pkey_free pkey_mprotect map_shadow_stack mseal process_mrelease',
  processes:
    'fork vfork execve execveat exit exit_group wait4 waitid waitpid getpid getppid gettid getpgid getpgrp setpgid getsid setsid ' +
    'set_tid_address prctl seccomp restart_syscall rseq times getrusage uname sysinfo getcpu pidfd_open pidfd_send_signal',
  threads:
    'futex futex_time64 futex_wait futex_wake futex_waitv futex_requeue get_robust_list set_robust_list get_thread_area set_thread_area',
  scheduling:
    'sched_yield sched_getaffinity sched_setaffinity sched_getattr sched_setattr sched_getparam sched_setparam sched_getscheduler ' +
    'sched_setscheduler sched_get_priority_max sched_get_priority_min sched_rr_get_interval sched_rr_get_interval_time64 getpriority ' +
    'setpriority ioprio_get ioprio_set',
  signals:
    'kill tkill tgkill pause alarm signal sigaltstack signalfd signalfd4 sigprocmask sigreturn sigaction sigpending sigsuspend rt_sigaction ' +
    'rt_sigpending rt_sigprocmask rt_sigqueueinfo rt_sigreturn rt_sigsuspend rt_sigtimedwait rt_sigtimedwait_time64 rt_tgsigqueueinfo',
  identity:
    'getuid getuid32 geteuid geteuid32 getgid getgid32 getegid getegid32 getresuid getresuid32 getresgid getresgid32 getgroups ' +
    'getgroups32 setuid setuid32 setgid setgid32 setreuid setreuid32 setregid setregid32 setresuid setresuid32 setresgid setresgid32 ' +
    'setfsuid setfsuid32 setfsgid setfsgid32 setgroups setgroups32 capget capset',
  limits: 'getrlimit ugetrlimit setrlimit prlimit64',
  time:
    'time gettimeofday clock_gettime clock_gettime64 clock_getres clock_getres_time64 nanosleep clock_nanosleep clock_nanosleep_time64 ' +
    'getitimer setitimer timer_create timer_delete timer_getoverrun timer_gettime timer_gettime64 timer_settime timer_settime64 ' +
    'timerfd_create timerfd_gettime timerfd_gettime64 timerfd_settime timerfd_settime64 adjtimex clock_adjtime clock_adjtime64',
  sockets:
    'socketpair socketcall bind listen accept accept4 connect shutdown getsockname getpeername getsockopt setsockopt send sendto sendmsg ' +
    'sendmmsg recv recvfrom recvmsg recvmmsg recvmmsg_time64',
  ipc:
    'ipc msgctl msgget msgrcv msgsnd semctl semget semop semtimedop semtimedop_time64 shmat shmctl shmdt shmget mq_open mq_unlink ' +
    'mq_notify mq_getsetattr mq_timedreceive mq_timedreceive_time64 mq_timedsend mq_timedsend_time64',
  sandboxes: 'landlock_create_ruleset landlock_add_rule landlock_restrict_self',
  random: 'getrandom',
};

/** What a capability lets a process do that needs a system call of its own. */
const BY_CAPABILITY: Readonly<Record<string, string>> = {
  CAP_DAC_READ_SEARCH: 'open_by_handle_at',
  CAP_SYS_ADMIN:
    'bpf clone clone3 fanotify_init fsconfig fsmount fsopen fspick listmount lookup_dcookie mount mount_setattr move_mount open_tree ' +
    'perf_event_open quotactl quotactl_fd setdomainname sethostname setns statmount syslog umount umount2 unshare',
  CAP_SYS_BOOT: 'reboot',
  CAP_SYS_CHROOT: 'chroot',
  CAP_SYS_MODULE: 'delete_module init_module finit_module',
  CAP_SYS_PACCT: 'acct',
  CAP_SYS_PTRACE: 'kcmp pidfd_getfd process_madvise',
  CAP_SYS_RAWIO: 'iopl ioperm',
  CAP_SYS_TIME: 'settimeofday stime clock_settime clock_settime64',
  CAP_SYS_TTY_CONFIG: 'vhangup',
  CAP_SYS_NICE: 'get_mempolicy mbind set_mempolicy set_mempolicy_home_node',
  CAP_SYSLOG: 'syslog',
  CAP_BPF: 'bpf',
  CAP_PERFMON: 'perf_event_open',
};

/**
 * Known and refused. They answer EPERM as the kernel would without the capability; whatever is in no list answers ENOSYS, so that programs
 * fall back from calls newer than this table.
 */
const REFUSED =
  'acct add_key bpf clock_settime clock_settime64 delete_module fanotify_init finit_module fsconfig fsmount fsopen fspick get_mempolicy ' +
  'init_module io_uring_setup io_uring_enter io_uring_register ioperm iopl kcmp kexec_file_load kexec_load keyctl lookup_dcookie mbind ' +
  'migrate_pages mount mount_setattr move_mount move_pages nfsservctl open_by_handle_at open_tree perf_event_open pidfd_getfd pivot_root ' +
  'process_madvise quotactl quotactl_fd reboot request_key set_mempolicy set_mempolicy_home_node setdomainname sethostname setns ' +
  'settimeofday stime swapoff swapon sysfs syslog umount umount2 unshare uselib userfaultfd ustat vhangup vm86 vm86old';

const EPERM = 1;
const ENOSYS = 38;

/** The execution domains that are harmless: Linux and Linux 32-bit, with or without UNAME26, and the query. */
const PERSONALITIES = [0, 0x8, 0x20000, 0x20008, 0xffffffff];
/** CLONE_NEW{NS,CGROUP,UTS,IPC,USER,PID,NET}: making any of them is for CAP_SYS_ADMIN. */
const NAMESPACE_FLAGS = [0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000];
const CLONE_NAMESPACES = NAMESPACE_FLAGS.reduce((mask, flag) => mask | flag);
const AF_VSOCK = 40;

const list = (names: string): string[] => names.split(' ');
const ALLOW = 'SCMP_ACT_ALLOW';
const ERRNO = 'SCMP_ACT_ERRNO';
const SYS_ADMIN = { caps: ['CAP_SYS_ADMIN'] };

/** Which capabilities allow a refused call, so that it is refused only in the absence of all of them. */
function liftedBy(name: string): string[] {
  return Object.keys(BY_CAPABILITY).filter((capability) => list(BY_CAPABILITY[capability] ?? '').includes(name));
}

/** The engine's own profile: an allow list. */
export const DEFAULT_PROFILE: SeccompProfile = {
  defaultAction: ERRNO,
  defaultErrnoRet: ENOSYS,
  syscalls: [
    { names: Object.values(ALLOWED).flatMap(list), action: ALLOW },
    { names: list('ptrace process_vm_readv process_vm_writev'), action: ALLOW },
    ...Object.entries(BY_CAPABILITY).map(([capability, names]) => ({
      names: list(names),
      action: ALLOW,
      includes: { caps: [capability] },
    })),
    // A guest's way to its hypervisor bypasses every network namespace.
    { names: ['socket'], action: ALLOW, args: [{ index: 0, value: AF_VSOCK, op: 'SCMP_CMP_NE' }] },
    { names: ['socket'], action: ERRNO, errnoRet: EPERM, args: [{ index: 0, value: AF_VSOCK, op: 'SCMP_CMP_EQ' }] },
    ...PERSONALITIES.map((value) => ({
      names: ['personality'],
      action: ALLOW,
      args: [{ index: 0, value, op: 'SCMP_CMP_EQ' }],
    })),
    {
      names: ['clone'],
      action: ALLOW,
      args: [{ index: 0, value: CLONE_NAMESPACES, valueTwo: 0, op: 'SCMP_CMP_MASKED_EQ' }],
      excludes: { ...SYS_ADMIN, arches: ['s390', 's390x'] },
    },
    {
      names: ['clone'],
      action: ALLOW,
      args: [{ index: 1, value: CLONE_NAMESPACES, valueTwo: 0, op: 'SCMP_CMP_MASKED_EQ' }],
      includes: { arches: ['s390', 's390x'] },
      excludes: SYS_ADMIN,
    },
    // No rule for clone3: its flags are behind a pointer no filter can follow, and the default's ENOSYS makes C libraries use clone.
    ...NAMESPACE_FLAGS.map((flag) => ({
      names: ['clone'],
      action: ERRNO,
      errnoRet: EPERM,
      args: [{ index: 0, value: flag, valueTwo: flag, op: 'SCMP_CMP_MASKED_EQ' }],
      excludes: { ...SYS_ADMIN, arches: ['s390', 's390x'] },
    })),
    { names: ['arch_prctl', 'modify_ldt'], action: ALLOW, includes: { arches: ['amd64', 'x32'] } },
    { names: ['modify_ldt'], action: ALLOW, includes: { arches: ['x86'] } },
    {
      names: list('breakpoint cacheflush set_tls'),
      action: ALLOW,
      includes: { arches: ['arm', 'arm64'] },
    },
    { names: ['swapcontext', 'rtas'], action: ALLOW, includes: { arches: ['ppc64le'] } },
    { names: ['riscv_flush_icache', 'riscv_hwprobe'], action: ALLOW, includes: { arches: ['riscv64'] } },
    {
      names: list('s390_pci_mmio_read s390_pci_mmio_write s390_runtime_instr'),
      action: ALLOW,
      includes: { arches: ['s390', 's390x'] },
    },
    ...list(REFUSED).map((name) => ({
      names: [name],
      action: ERRNO,
      errnoRet: EPERM,
      excludes: { caps: liftedBy(name) },
    })),
  ],
};
