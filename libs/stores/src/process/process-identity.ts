import { performance } from 'node:perf_hooks';

/** A process of this machine; the start time tells it from a later one with the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
}

export function thisProcess(): ProcessIdentity {
  return { pid: process.pid, startedAt: performance.timeOrigin };
}

/** False when the process has ended, however it ended. Only knows processes of the same machine and container. */
export function isAlive({ pid, startedAt }: ProcessIdentity): boolean {
  const self = thisProcess();
  // After a container has restarted its new process often has the number of the old one.
  if (pid === self.pid) return startedAt === self.startedAt;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
