/** What words in front of a number, or behind it, say that it is. */
export type LabelKind =
  | 'phone'
  | 'call'
  | 'account'
  | 'bank'
  | 'bankWord'
  | 'resident'
  | 'foreigner'
  | 'corporation'
  | 'business'
  | 'license'
  | 'passport'
  | 'other';

export interface NumberLabel {
  readonly kind: LabelKind;
  readonly start: number;
  readonly end: number;
}

/** Words that stand for themselves: no letter before and none behind, but what else names a number may follow. */
const words = (...list: readonly string[]): string =>
  `(?<![a-z])(?:${list.join('|')})(?:[ _-]?(?:numbers?|num|no|ids?))?(?![a-z])`;

/**
 * `phone_number_id` and its like are no numbers to call, and a `microphone` has none.
 */
const PHONE = [
  '전화',
  '휴대폰',
  '핸드폰',
  '연락처',
  '팩스',
  '고객센터',
  '콜센터',
  '대표번호',
  '(?<!micro|head|ear|mega|smart|i)phones?(?![ _-]?(?:numbers?[ _-]?)?ids?(?![a-z]))(?:[ _-]?(?:numbers?|num|no|nr)(?![a-z]))?',
  String.raw`(?<![a-z])(?:mobile|cell(?:ular)?|contact)[ _-]?(?:numbers?|num|no|nr)(?![a-z])`,
  words('tel', 'fax', 'hp', 'h\\.p', 'msisdn', 'hotline', 'whatsapp', 'wa\\.me'),
];

/** Words behind which a number to call may follow, and much else. */
const CALL = [
  '문의',
  '상담',
  '문자',
  words('mobile', 'cell(?:ular)?', 'call(?:ing)?', 'contact', 'dial', 'text', 'sms'),
];

const ACCOUNT = [
  '계좌',
  '통장',
  '(?<![a-z])a/c(?![a-z])',
  '(?<![a-z])(?:bank[ _-]?)?acc(?:oun)?t[ _-]?(?:numbers?|num|no|nr|#)(?![a-z])',
  'bank[ _-]?acc(?:oun)?ts?(?![a-z])',
];

/** Banks by names that are nothing else, and what is done with their accounts. */
const BANK = [
  '(?:국민|신한|우리|하나|기업|산업|제일|씨티|부산|대구|광주|전북|경남|제주|카카오|토스|케이|저축)?(?:은행|뱅크)',
  '농협',
  '수협',
  '축협',
  '신협',
  '새마을금고',
  '입금',
  '송금',
  '이체',
  '예금주',
  words(
    '(?:kakao|toss|k|im|hana|kb|nh|busan|daegu|gwangju|jeonbuk|kyongnam|jeju|citi|industrial|sc|first|kb ?kookmin) ?bank',
    'kookmin',
    'shinhan',
    'woori',
    'nonghyup',
    'suhyup',
    'saemaul',
    'ibk',
    'kdb',
    'korea post',
    'standard chartered',
    'remit(?:tance)?',
    'wire transfer',
    'account holder',
  ),
];

/** Names of banks that are also ordinary words, names of cities or of other companies. */
const BANK_WORD = [
  '국민',
  '신한',
  '우리',
  '하나',
  '기업',
  '산업',
  '제일',
  '씨티',
  '부산',
  '대구',
  '광주',
  '전북',
  '경남',
  '제주',
  '새마을',
  '우체국',
  '카카오',
  '토스',
  words('kb', 'nh', 'sc', 'hana', 'im', 'bnk', 'dgb', 'kakao', 'toss'),
];

/** What numbers are called that belong to things. */
const OTHER = [
  '주문',
  '송장',
  '거래',
  '승인',
  '접수',
  '일련',
  '관리',
  '문서',
  '품번',
  '상품',
  '제품',
  '바코드',
  '모델',
  '버전',
  words(
    'orders?',
    'invoices?',
    'tracking',
    'shipments?',
    'parcels?',
    'transactions?',
    'txn',
    'serial',
    'sku',
    'isbn',
    'ean',
    'upc',
    'gtin',
    'barcodes?',
    'timestamps?',
    'epoch',
    'tickets?',
    'receipts?',
    'builds?',
    'commits?',
    'versions?',
    'uuid',
    'models?',
    'parts?',
    'ref(?:erence)?',
    'batch',
    'ranges?',
    'sizes?',
    's/n',
    'p/n',
  ),
];

const SOURCES: Readonly<Record<LabelKind, readonly string[]>> = {
  phone: PHONE,
  call: CALL,
  account: ACCOUNT,
  bank: BANK,
  bankWord: BANK_WORD,
  resident: ['주민', words('rrn', 'residents?', 'jumin')],
  foreigner: ['외국인', '거소', words('frn', 'foreigners?', 'alien', 'arc')],
  corporation: ['법인', words('corporat(?:e|ion)', 'corp', 'crn')],
  business: ['사업자', words('brn', 'biz', 'business', 'tax(?:payer)?', 'tin', 'vat')],
  license: ['면허', words('driv(?:er|ing)', "driver'?s", 'driver[ _-]?licen[cs]e', 'licen[cs]e')],
  passport: ['여권', 'passport'],
  other: OTHER,
};

const KINDS = Object.keys(SOURCES) as readonly LabelKind[];
const LABEL = new RegExp(KINDS.map((kind) => `(?<${kind}>${SOURCES[kind].join('|')})`).join('|'), 'gi');

/** Without two letters in a row there is no label. */
const LETTERS = /[a-z\u{1100}-\u{d7a3}][a-z/.\u{ac00}-\u{d7a3}]/iu;

/** The labels in a stretch of a text, in ascending order. */
export function labelsIn(text: string, from: number, to: number): NumberLabel[] {
  const labels: NumberLabel[] = [];
  if (to - from < 2) return labels;
  const stretch = text.slice(from, to);
  if (!LETTERS.test(stretch)) return labels;
  for (const match of stretch.matchAll(LABEL)) {
    labels.push({ kind: kindOf(match), start: from + match.index, end: from + match.index + match[0].length });
  }
  return labels;
}

function kindOf(match: RegExpExecArray): LabelKind {
  const groups = match.groups as Readonly<Record<LabelKind, string | undefined>>;
  return KINDS.find((kind) => groups[kind] !== undefined) as LabelKind;
}
