import type { Random } from '../random';
import { LOWER_DIGITS } from './alphabets';
import { businessDigit, ibanDigits, luhnDigit, residentDigit } from './check-digits';
import type { ValueSource } from './sample';

const NAMES = ['alice', 'bob.lee', 'j.doe', 'min-su', 'kim+test', 'o.neil', 'sales_eu'];
const DOMAINS = ['example.com', 'mail.example.co.uk', 'acme.io', 'example.co.kr', 'sub-dom.example.org'];

const date = (random: Random): string =>
  `${String(random.between(40, 99))}${String(random.between(1, 12)).padStart(2, '0')}${String(random.between(1, 28)).padStart(2, '0')}`;
const group = (random: Random, from: number): string => String(random.between(from, 10 ** String(from).length - 1));

function card(random: Random, prefix: string, length: number): string {
  const body = prefix + random.digits(length - prefix.length - 1);
  return body + luhnDigit(body);
}

function resident(random: Random, genders: readonly string[], offset: 11 | 13): string {
  const body = `${date(random)}${random.pick(genders)}${random.digits(5)}`;
  const whole = body + residentDigit(body, offset);
  return `${whole.slice(0, 6)}-${whole.slice(6)}`;
}

function business(random: Random): string {
  const body = `${random.between(101, 899)}${random.between(10, 89)}${random.digits(4)}`;
  const whole = body + businessDigit(body);
  return `${whole.slice(0, 3)}-${whole.slice(3, 5)}-${whole.slice(5)}`;
}

function iban(random: Random, country: string, account: string): string {
  return `${country}${ibanDigits(country, account)}${account}`.replace(/(.{4})(?=.)/g, random.pick(['$1', '$1 ']));
}

const ssn = (random: Random): string =>
  `${random.between(100, 665)}-${random.between(10, 99)}-${random.between(1000, 9999)}`;
const ipv4 = (random: Random): string =>
  `${random.pick(['10', '172.16', '192.168', '203.0'])}.${random.between(1, 254)}.${random.between(2, 254)}.${random.between(2, 254)}`
    .split('.')
    .slice(0, 4)
    .join('.');
const ipv6 = (random: Random): string => `2001:db8:${random.hex(4)}:${random.hex(4)}::${random.hex(3)}1`;

export const PERSONAL_VALUES: readonly ValueSource[] = [
  { kind: 'ip', make: (random) => `«${ipv4(random)}»` },
  { kind: 'ip', make: (random) => `http://«${ipv4(random)}»:8080/health` },
  { kind: 'ip', make: (random) => `«${ipv6(random)}»` },
  { kind: 'host', make: (random) => `«db-${random.digits(2)}.prod.internal»` },
  { kind: 'host', make: (random) => `http://«jenkins.${random.text(LOWER_DIGITS, 4)}.corp»/job/1` },
  { kind: 'host', make: (random) => `«api.shop${random.digits(1)}.svc.cluster.local»:8080` },
  { kind: 'email', make: (random) => `«${random.pick(NAMES)}${random.digits(2)}@${random.pick(DOMAINS)}»` },
  { kind: 'email', make: (random) => `mailto:«${random.pick(NAMES)}@${random.pick(DOMAINS)}»` },
  { kind: 'phone', make: (random) => `«010-${random.between(2000, 9999)}-${random.digits(4)}»` },
  { kind: 'phone', make: (random) => `«+82-10-${random.between(2000, 9999)}-${random.digits(4)}»` },
  { kind: 'phone', make: (random) => `«02-${random.between(300, 899)}-${random.digits(4)}»` },
  { kind: 'phone', make: (random) => `«+1 (${random.pick(['415', '212', '650'])}) 555-01${random.digits(2)}»` },
  { kind: 'phone', make: (random) => `«+44 20 7946 0${random.digits(3)}»` },
  { kind: 'credit-card', make: (random) => `«${card(random, '4', 16).replace(/(\d{4})(?=\d)/g, '$1 ')}»` },
  { kind: 'credit-card', make: (random) => `«${card(random, '52', 16).replace(/(\d{4})(?=\d)/g, '$1-')}»` },
  { kind: 'credit-card', make: (random) => `«${card(random, '37', 15)}»` },
  { kind: 'iban', make: (random) => `«${iban(random, 'DE', random.digits(18))}»` },
  { kind: 'iban', make: (random) => `«${iban(random, 'GB', `NWBK${random.digits(14)}`)}»` },
  { kind: 'iban', make: (random) => `«${iban(random, 'FR', random.digits(23))}»` },
  { kind: 'us-ssn', make: (random) => `«${ssn(random)}»` },
  { kind: 'us-ssn', make: (random) => `SSN: «${ssn(random).replaceAll('-', '')}»` },
  { kind: 'kr-rrn', make: (random) => `«${resident(random, ['1', '2'], 11)}»` },
  { kind: 'kr-rrn', make: (random) => `주민등록번호 «${date(random)}2${random.digits(6)}»` },
  { kind: 'kr-frn', make: (random) => `«${resident(random, ['5', '6'], 13)}»` },
  {
    kind: 'kr-driver-license',
    make: (random) =>
      `면허번호 «${random.between(11, 26)}-${random.digits(2)}-${random.digits(6)}-${random.digits(2)}»`,
  },
  { kind: 'kr-driver-license', make: (random) => `운전면허 서울 «12-${group(random, 100000)}-${random.digits(2)}»` },
  {
    kind: 'kr-passport',
    make: (random) => `여권번호: «M${random.digits(3)}${random.pick(['A', 'K', 'T'])}${random.digits(4)}»`,
  },
  { kind: 'kr-passport', make: (random) => `passport no. «S${random.digits(8)}»` },
  { kind: 'kr-brn', make: (random) => `«${business(random)}»` },
  { kind: 'kr-brn', make: (random) => `사업자등록번호 «${business(random).replaceAll('-', '')}»` },
  {
    kind: 'kr-bank-account',
    make: (random) => `국민은행 «${random.digits(6)}-${random.digits(2)}-${random.digits(6)}»`,
  },
  { kind: 'kr-bank-account', make: (random) => `입금 계좌: 신한 «110-${random.digits(3)}-${random.digits(6)}»` },
  { kind: 'kr-bank-account', make: (random) => `카카오뱅크 «3333-${random.digits(2)}-${random.digits(7)}»` },
];
