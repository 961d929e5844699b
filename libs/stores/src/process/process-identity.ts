import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

/** A process of this machine; the start time tells it from a later one with the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Milliseconds since the epoch, as the process itself knows it. */
  readonly startedAt: number;
  /** When the kernel started it, in ticks since the boot, as others can look it up; undefined without `/proc`. */
  readonly startTicks?: number | undefined;
}

export function thisProcess(): ProcessIdentity {
  return { pid: process.pid, startedAt: performance.timeOrigin, startTicks: startTicks(process.pid) };
}

/** False when the process has ended, however it ended. Only knows processes of the same machine and container. */
export function isAlive(identity: ProcessIdentity): boolean {
  const { pid, startedAt } = identity;
  // After a container has restarted its new process often has the number of the old one.
  if (pid === process.pid) return startedAt === performance.timeOrigin;
  if (!isRunning(pid)) return false;
  const ticks = startTicks(pid);
  return identity.startTicks === undefined || ticks === undefined || ticks === identity.startTicks;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Field 22 of `/proc/PID/stat` (proc_pid_stat(5)); the second, the name, is in parentheses and may hold any of them. */
function startTicks(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return Number(fields[22 - 3]);
  } catch {
    return undefined;
  }
}
