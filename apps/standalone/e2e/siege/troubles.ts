import { setTimeout as sleep } from 'node:timers/promises';
import type { RedisServer } from '@sallyport/testing';
import { DISK_IS_FULL, type Trouble, type Victim } from './camp';
import type { FaultProxy, ProxyFault } from './fault-proxy';
import type { SupervisedProcess } from './supervised-process';

const PROXY_FAULTS: readonly ProxyFault[] = [500, 429, 422, 'hang', 'cut'];

/** What networks and an overloaded file server do to those who write; 422 makes dead letters of sound records. */
export function proxyTroubles(proxy: FaultProxy): Trouble[] {
  return PROXY_FAULTS.map((fault) => ({
    name: `file server: ${fault}`,
    strike: async (seconds) => {
      proxy.fault = fault;
      await sleep(seconds * 1000);
      proxy.heal();
    },
  }));
}

/** @param holder the process that the file server runs in */
export function fullDisk(holder: SupervisedProcess): Trouble {
  return {
    name: 'disk full',
    strike: async (seconds) => {
      await holder.restartWith(DISK_IS_FULL);
      await sleep(seconds * 1000);
      await holder.restartWith({});
    },
  };
}

export function redisTroubles(redis: RedisServer): Trouble[] {
  const paused: Trouble = {
    name: 'Redis: SIGSTOP',
    strike: async (seconds) => {
      redis.pause();
      await sleep(seconds * 1000);
      redis.resume();
    },
  };
  const away: Trouble = { name: 'Redis: away', strike: (seconds) => redisVictim(redis).kill(seconds * 1000) };
  return [paused, away];
}

const underWay = new WeakMap<RedisServer, Promise<void>>();

/** Two who kill it at the same time take turns: it is one process. */
export function redisVictim(redis: RedisServer): Victim {
  return {
    name: 'redis',
    kill: (downMs) => {
      const turn = (underWay.get(redis) ?? Promise.resolve()).then(async () => {
        await redis.kill();
        await sleep(downMs);
        await redis.restart();
      });
      underWay.set(redis, turn);
      return turn;
    },
  };
}
