import { itFinds } from '../detectors.fixture';
import { emails } from './emails.detector';

describe('email', () => {
  itFinds(emails, 'email', [
    '«alice@example.com», «bob.smith+tag@mail.example.co.uk».',
    '<«a@example.com»> "«b@example.com»" [«c@example.com»](mailto:«c@example.com») **«d@example.com»**',
    "'«o_connor@example.com»' user=«x@example.com»&y",
    '메일은«alice@example.com»입니다',
    String.raw`to:\n«nancy@example.com»\u003c«tom@example.com»\u003e`,
    '?to=«alice%40example.com»&cc=%20«bob@example.com»',
    '«alice@xn--bcher-kva.example» «root@db1.eu-west-1.example.io»',
    '...«alice@example.com»-- deploy «user@host.example.com»:/srv',
  ]);
});
