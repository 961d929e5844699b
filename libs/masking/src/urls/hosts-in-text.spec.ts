import type { Finding } from '../detectors/detector';
import { hostsInText } from './hosts-in-text';

const hostsOf = (text: string, ...findings: readonly Finding[]) => hostsInText(text, findings);

describe(hostsInText.name, () => {
  it('names a host that was found, and the whole of one of which a part was found', () => {
    const found = { kind: 'host', start: 6, end: 13 } as const;
    expect(hostsOf('ask a.db.prod', found)).toEqual([
      { host: 'db.prod', carried: [0] },
      { host: 'a.db.prod', carried: [0] },
    ]);
    expect(hostsOf('asking db.prod-2:80', { ...found, start: 7, end: 14 })).toEqual([
      { host: 'db.prod', carried: [0] },
      { host: 'db.prod-2', carried: [0] },
    ]);
    expect(hostsOf('ask: «DB.PROD»', found)).toEqual([{ host: 'db.prod', carried: [0] }]);
  });

  it('says which values stand in the URL of a host', () => {
    const values = [
      { kind: 'email', start: 0, end: 7 },
      { kind: 'generic-assignment', start: 26, end: 33 },
    ] as const;
    expect(hostsOf('a@b.com https://x.test/?k=hunter2 ', ...values)).toEqual([{ host: 'x.test', carried: [1] }]);
  });
});
