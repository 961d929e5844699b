import { generateKeyPairSync } from 'node:crypto';
import type { Detector } from '../detector';
import { itFinds, itIgnores } from '../detectors.fixture';
import { encodedPrivateKeys } from './encoded-private-keys.detector';
import { privateKeys } from './private-keys.detector';
import { puttyKeys } from './putty-keys.detector';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const cipher = { cipher: 'aes-256-cbc', passphrase: 'x' };
const PKCS8 = rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString().trim();
const PKCS1 = rsa.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString().trim();
const PUBLIC = rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString().trim();
const SEC1 = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  .privateKey.export({ type: 'sec1', format: 'pem' })
  .toString()
  .trim();
const ED25519 = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString().trim();
const LINES = PKCS8.split('\n');
const BODY = LINES.slice(1, -1);
const labelled = (label: string): string => `-----BEGIN ${label}-----\n${BODY.join('\n')}\n-----END ${label}-----`;
const PUTTY = [
  'PuTTY-User-Key-File-3: ssh-rsa',
  'Encryption: none',
  'Comment: imported-openssh-key',
  'Public-Lines: 2',
  ...BODY.slice(0, 2),
  'Private-Lines: 4',
  ...BODY.slice(2, 6),
  `Private-MAC: ${'0123456789abcdef'.repeat(4)}`,
].join('\n');

function itFindsKeys(detector: Detector, texts: readonly string[]): void {
  itFinds(detector, 'private-key', texts);
}

describe('private-key', () => {
  itFindsKeys(privateKeys, [
    ...[PKCS8, PKCS1, SEC1, ED25519].map((key) => `«${key}»`),
    ...['OPENSSH PRIVATE KEY', 'DSA PRIVATE KEY', 'ENCRYPTED PRIVATE KEY', 'ANY PRIVATE KEY'].map(
      (label) => `«${labelled(label)}»`,
    ),
    `«${rsa.privateKey
      .export({ type: 'pkcs1', format: 'pem', ...cipher })
      .toString()
      .trim()}»`,
    `«${labelled('PGP PRIVATE KEY BLOCK').replace('-----\n', '-----\nVersion: GnuPG v2\n\n')}»`,
    `«---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\n${BODY.join('\n')}\n---- END SSH2 ENCRYPTED PRIVATE KEY ----»`,
    `first «${PKCS1}»입니다, second «${SEC1}».`,
    `key: |\n  «${PKCS8.replaceAll('\n', '\n  ')}»\nnext: 1`,
    `> «${PKCS8.replaceAll('\n', '\n> ')}»\n`,
    `{"private_key": "«${LINES.join(String.raw`\n`)}»\\n"}`,
    `{\\"private_key\\": \\"«${LINES.join(String.raw`\\n`)}»\\\\n\\"}`,
    `KEY="«${LINES.join(' ')}»" «${LINES[0] ?? ''}${BODY.join('')}${LINES.at(-1) ?? ''}»`,
    `${PUBLIC}\n«${SEC1}»`,
  ]);

  describe('cut off', () => {
    itFindsKeys(privateKeys, [
      `«${LINES.slice(0, 8).join('\n')}»`,
      `«${LINES.slice(0, 8).join('\n')}\n${(LINES[8] ?? '').slice(0, 30)}»`,
      `«${LINES.slice(0, 6).join('\n')}»\n\nThen the text goes on.`,
      `"«${LINES.slice(0, 6).join(String.raw`\n`)}»\\n... (truncated)`,
      `«${LINES.slice(0, 3).join('\n')}»\n\n-----BEGIN CERTIFICATE-----\n${BODY.slice(0, 2).join('\n')}\n-----END CERTIFICATE-----`,
      `«-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,2A5D1B9B4F0D8E6C\n\n${BODY.slice(0, 3).join('\n')}»`,
    ]);
  });

  describe('of PuTTY', () => {
    itFindsKeys(puttyKeys, [
      `«${PUTTY}»\n`,
      `ppk: "«${PUTTY.replaceAll('\n', String.raw`\r\n`)}»"`,
      `«Private-Lines: 4\n${BODY.slice(2, 6).join('\n')}»\n\nand no more`,
    ]);
  });

  describe('encoded once more', () => {
    const encoded = Buffer.from(PKCS1).toString('base64');
    itFindsKeys(encodedPrivateKeys, [`tls.key: «${encoded}»`, `KEY_B64="«${encoded}»"입니다`]);
  });

  itIgnores([
    `-----BEGIN RSA PRIVATE KEY-----\n${(BODY[3] ?? '').slice(0, 36)}...\n-----END RSA PRIVATE KEY-----`,
    '-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----',
    String.raw`"-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----\n"`,
    '-----BEGIN PRIVATE KEY-----\nYOUR_PRIVATE_KEY_HERE\n-----END PRIVATE KEY-----',
    `-----BEGIN RSA PRIVATE KEY-----\n${`${'x'.repeat(64)}\n`.repeat(8)}-----END RSA PRIVATE KEY-----`,
    `-----BEGIN RSA PRIVATE KEY-----\n${`${'*'.repeat(64)}\n`.repeat(8)}-----END RSA PRIVATE KEY-----`,
    'It starts with -----BEGIN PRIVATE KEY----- and ends with -----END PRIVATE KEY-----.',
    "if (pem.includes('-----BEGIN RSA PRIVATE KEY-----')) return decode(pem, 'pkcs1');",
    PUBLIC,
    labelled('CERTIFICATE'),
    labelled('PGP PUBLIC KEY BLOCK'),
    'Private-Lines: 14',
    Buffer.from(labelled('CERTIFICATE')).toString('base64'),
  ]);
});
