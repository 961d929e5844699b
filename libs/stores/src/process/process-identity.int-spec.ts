import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { isAlive, thisProcess, type ProcessIdentity } from './process-identity';

describe(isAlive.name, () => {
  let other: ChildProcess;
  let identity: ProcessIdentity;
  beforeAll(async () => {
    // Another process tells who it is as it would write it into a file.
    const script = `const { thisProcess } = require('@sallyport/stores');
      process.stdout.write(JSON.stringify(thisProcess()) + '\\n');
      setInterval(() => undefined, 1000);`;
    other = spawn(process.execPath, ['-e', script], { cwd: __dirname, stdio: ['ignore', 'pipe', 'inherit'] });
    identity = JSON.parse(String(await once(other.stdout ?? other, 'data'))) as ProcessIdentity;
  });
  afterAll(() => other.kill('SIGKILL'));

  it('knows itself, and a process that had its number before', () => {
    expect(isAlive(thisProcess())).toBe(true);
    expect(isAlive({ ...thisProcess(), startedAt: 1 })).toBe(false);
  });

  it('knows a process that runs, also by its number alone', () => {
    expect(isAlive(identity)).toBe(true);
    expect(isAlive({ pid: identity.pid, startedAt: identity.startedAt })).toBe(true);
  });

  it('takes a process that runs now for no earlier one with the same number', () => {
    // Elsewhere than on Linux there is nothing to tell them apart by.
    if (identity.startTicks === undefined) return;
    expect(isAlive({ ...identity, startTicks: identity.startTicks - 1 })).toBe(false);
  });

  it('knows when a process is gone', async () => {
    other.kill('SIGKILL');
    await once(other, 'exit');
    expect(isAlive(identity)).toBe(false);
  });
});
