import type { ContainerNetworkStats, ContainerStats } from '@selkie/contract/libpod/types/container-runtime';
import { nowNanos } from '@selkie/engine/clock';
import type { StatsSample } from '@selkie/engine/containers/stats';

type Measurement = NonNullable<StatsSample['current']>;

/** What a container uses, in the shape of reports about several. */
export function presentUse({ id, name, current, previous }: StatsSample): ContainerStats {
  if (current === undefined) return { ...NOTHING, ContainerID: id, Name: name, SystemNano: Number(nowNanos()) };
  const upTime = Number(current.time - startOf(current));
  const average = percent(current.cpu.usage, upTime);
  const bytes = (op: string) => current.io.filter((entry) => entry.op.toLowerCase() === op);
  return {
    ContainerID: id,
    Name: name,
    AvgCPU: average,
    CPU: previous ? percent(current.cpu.usage - previous.cpu.usage, Number(current.time - previous.time)) : average,
    CPUNano: current.cpu.usage,
    CPUSystemNano: current.cpu.system,
    PerCPU: current.cpu.perCpu.length > 0 ? [...current.cpu.perCpu] : null,
    SystemNano: Number(current.time),
    MemUsage: current.memory.usage,
    MemLimit: current.memory.limit,
    MemPerc: percent(current.memory.usage, current.memory.limit),
    Network: networksOf(current),
    BlockInput: bytes('read').reduce((sum, { value }) => sum + value, 0),
    BlockOutput: bytes('write').reduce((sum, { value }) => sum + value, 0),
    PIDs: current.pids.current,
    UpTime: upTime,
    Duration: upTime,
  };
}

const NOTHING = {
  AvgCPU: 0,
  CPU: 0,
  CPUNano: 0,
  CPUSystemNano: 0,
  PerCPU: null,
  MemUsage: 0,
  MemLimit: 0,
  MemPerc: 0,
  Network: null,
  BlockInput: 0,
  BlockOutput: 0,
  PIDs: 0,
  UpTime: 0,
  Duration: 0,
};

function startOf({ startedAt }: Measurement): bigint {
  return BigInt(Date.parse(startedAt)) * 1_000_000n;
}

function percent(part: number, whole: number): number {
  return whole > 0 ? Math.max(0, (part / whole) * 100) : 0;
}

function networksOf({ interfaces }: Measurement): Record<string, ContainerNetworkStats> | null {
  const entries = Object.entries(interfaces).map(([name, { received, transmitted }]) => [
    name,
    {
      RxBytes: received.bytes,
      RxDropped: received.dropped,
      RxErrors: received.errors,
      RxPackets: received.packets,
      TxBytes: transmitted.bytes,
      TxDropped: transmitted.dropped,
      TxErrors: transmitted.errors,
      TxPackets: transmitted.packets,
    },
  ]);
  return entries.length > 0 ? Object.fromEntries(entries) : null;
}
