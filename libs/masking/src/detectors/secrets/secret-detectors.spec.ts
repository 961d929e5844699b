import { KeywordIndex } from '../../search/keyword-index';
import { findAll, itEndsOn } from '../detectors.fixture';
import { TextScanner } from '../../search/text-scanner';
import { DETECTORS } from '../detectors';
import { NAMED_SECRETS, STRUCTURED_SECRETS } from './secret-detectors';

const DETECTORS_OF_SECRETS = [...STRUCTURED_SECRETS, ...NAMED_SECRETS];

describe('secrets of several detectors', () => {
  it.each([
    ['PGPASSWORD=s3cr3tPw psql', 'conn-string s3cr3tPw'],
    ['kind: Secret\nstringData:\n  password: s3cr3tPw\n', 'k8s-secret s3cr3tPw'],
    ['x-api-key: kY7tQ2mZx9Lr4WpB8sNd3VhC', 'curl-auth kY7tQ2mZx9Lr4WpB8sNd3VhC'],
    ['DATABASE_PASSWORD=postgres://u:s3cr3tPw@db.test/x', 'conn-string s3cr3tPw'],
    ['{\\"password\\": \\"hunter2\\"}', 'generic-assignment hunter2'],
    ['password%3Dhunter2%26user%3Dx', 'generic-assignment hunter2'],
    ['&lt;password&gt;hunter2&lt;/password&gt;', 'generic-assignment hunter2'],
  ])('names what is in %s once', (text, found) => {
    expect(findAll(text)).toEqual([found]);
  });

  it('finds the value of a JSON member by its name', () => {
    const scanner = new TextScanner({ detectors: DETECTORS, cachedTexts: 0 });
    for (const name of ['password', 'dbPassword', 'api_key', 'client_secret', 'x-api-key']) {
      expect(scanner.find('kY7tQ2mZx9Lr4WpB8sNd3VhC', name)).toEqual([expect.objectContaining({ start: 0, end: 24 })]);
    }
    expect(scanner.find('hunter2', 'title')).toEqual([]);
  });
});

it('reads a line of blanks in a manifest once', () => {
  const blanks = ' '.repeat(2 ** 18 - 64);
  expect(findAll(`kind: Secret\ndata:\n  a: b${blanks}c\nx: y${blanks}#`)).toHaveLength(1);
});

describe('what looks for secrets', () => {
  itEndsOn(
    [
      '-----BEGIN ',
      '-----BEGIN PRIVATE KEY-----\n',
      '-----END PRIVATE KEY-----',
      'password=',
      'password="',
      'password = ',
      'password | ',
      'api_key "',
      '://a:b@',
      'http://a:b',
      'eyJ',
      '-eyJ',
      'eyJhbGciOiJIUzI1NiJ9.',
      'Authorization: Bearer ',
      'cookie: a=b; ',
      'curl -u a:b ',
      'kind: Secret\ndata:\n',
      'kind: Secret\n',
      '"kind":"Secret","data":{',
      'key',
      ' ',
      '/LS0tLS1CRUdJTi',
      'authorization=',
      'x-api-key=',
      'token:',
      'cookie=',
      'password=/a',
      'password=A_',
      '-',
      '.',
      'QUJD',
    ],
    (text) => {
      const searched = new KeywordIndex(DETECTORS_OF_SECRETS.flatMap(({ keywords }) => keywords ?? [])).search(text);
      for (const detector of DETECTORS_OF_SECRETS) expect(detector.find(searched)).toBeInstanceOf(Array);
    },
  );
});
