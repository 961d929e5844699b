import { WordTrie } from './word-trie';

/** What words in front of a number, or behind it, say that it is. */
export type LabelKind = keyof typeof WORDS;

export interface NumberLabel {
  readonly kind: LabelKind;
  readonly start: number;
  readonly end: number;
}

interface Words {
  /** Found inside longer words too: Hangul glues words together, and names of variables do. */
  readonly open?: string;
  /** Found where no letter stands before and behind. A space also stands for a dash, an underscore and nothing. */
  readonly whole?: string;
}

const WORDS = {
  phone: {
    open: '전화,휴대폰,핸드폰,연락처,팩스,고객센터,콜센터,대표번호,phone,phones,手机,手機,电话,電話,携帯',
    whole:
      'tél,telefon,telefono,teléfono,telefone,móvil,handynummer,rufnummer,tel,fax,hp,h.p,msisdn,hotline,whatsapp,wa.me,mobile,mobile phone,mobile number,mobile no,cell number,contact number,contact no',
  },
  /** Words behind which a number to call may follow, and much else. */
  call: { open: '문의,상담,문자', whole: 'cell,cellular,call,calling,contact,dial,text,sms' },
  account: {
    open: '계좌,통장',
    whole:
      'a/c,account number,account numbers,account no,account num,account nr,account #,acct number,acct no,acct num,' +
      'acct #,accnt no,bank account,bank accounts,bank acct,virtual account,deposit account',
  },
  /** Banks by names that are nothing else, and what is done with their accounts. */
  bank: {
    open:
      '은행,뱅크,국민은행,신한은행,우리은행,하나은행,기업은행,산업은행,제일은행,씨티은행,부산은행,대구은행,광주은행,' +
      '전북은행,경남은행,제주은행,ibk기업,kb국민,sc제일,카카오뱅크,토스뱅크,케이뱅크,저축은행,카뱅,토뱅,케뱅,농협,수협,축협,신협,새마을금고,입금,송금,이체,예금주',
    whole:
      'kakao bank,toss bank,k bank,im bank,hana bank,kb bank,nh bank,sc bank,busan bank,daegu bank,gwangju bank,' +
      'jeonbuk bank,kyongnam bank,jeju bank,citi bank,industrial bank,kookmin,shinhan,woori,nonghyup,suhyup,saemaul,' +
      'ibk,kdb,korea post,standard chartered,remit,remittance,wire transfer,account holder',
  },
  /** Names of banks that are also ordinary words, cities or other companies; and accounts of any sort. */
  bankWord: {
    open: '국민,신한,우리,하나,기업,산업,제일,씨티,부산,대구,광주,전북,경남,제주,새마을,우체국,카카오,토스',
    whole: 'kb,nh,sc,hana,im,bnk,dgb,kakao,toss,account,acct',
  },
  resident: { open: '주민', whole: 'rrn,resident,residents,jumin' },
  foreigner: { open: '외국인,거소', whole: 'frn,foreigner,foreigners,alien,arc' },
  corporation: { open: '법인', whole: 'corporate,corporation,corp,crn' },
  business: {
    open: '사업자',
    whole: 'brn,biz,biz reg,business,business reg,business registration,tax,taxpayer,tin,vat',
  },
  license: { open: '면허', whole: "driver,drivers,driver's,driving,driver license,driver licence,license,licence" },
  passport: { open: '여권,passport' },
  /** What numbers are called that belong to things. */
  other: {
    open: '주문,송장,거래,승인,접수,일련,관리,문서,품번,상품,제품,바코드,모델,버전',
    whole:
      'order,orders,invoice,invoices,tracking,shipment,shipments,parcel,parcels,transaction,transactions,txn,serial,' +
      'sku,isbn,ean,upc,gtin,barcode,timestamp,timestamps,epoch,ticket,tickets,receipt,build,builds,commit,version,' +
      'versions,uuid,model,models,part,parts,ref,reference,batch,range,ranges,size,sizes,s/n,p/n',
  },
} as const satisfies Readonly<Record<string, Words>>;

interface Entry {
  readonly kind: LabelKind;
  readonly whole: boolean;
}

const TRIE = new WordTrie<Entry>(
  Object.entries<Words>(WORDS).flatMap(([kind, { open = '', whole = '' }]) => [
    ...entries(kind as LabelKind, open, false),
    ...entries(kind as LabelKind, whole, true),
  ]),
);

function entries(kind: LabelKind, list: string, whole: boolean): [string, Entry][] {
  const words = list.split(',').filter((word) => word !== '');
  return words.flatMap((word) => [word, word.replaceAll(' ', '')]).map((word) => [word, { kind, whole }]);
}

/** What else names a number behind such a word. */
const SUFFIX = /(?:[ _-]?(?:numbers?|num|no|nr|ids?)(?![a-z]))?/iy;
const PHONE_ID = /[ _-]?(?:numbers?[ _-]?)?ids?(?![a-z])/iy;
/** Things with a phone in their name that have no number. */
const OTHER_PHONE = /(?:micro|head|ear|mega|smart|i)$/i;
const LONGEST_OTHER = 5;
const LETTER = /[a-z]/i;

/**
 * The labels that begin in a stretch of a text, in ascending order; the longest of those that begin at one place.
 *
 * @param first whether the first label is enough
 */
export function labelsIn(text: string, from: number, to: number, first = false): NumberLabel[] {
  const labels: NumberLabel[] = [];
  let at = from;
  while (at < to) {
    const found = TRIE.longest(text, at);
    const end = found === undefined ? undefined : endOfLabel(text, at, found.end, found.value);
    if (found === undefined || end === undefined) at += 1;
    else {
      labels.push({ kind: found.value.kind, start: at, end });
      if (first) break;
      at = end;
    }
  }
  return labels;
}

/** Where a label ends together with `number` or `no` behind it; undefined when the word is part of another one. */
function endOfLabel(text: string, start: number, end: number, { kind, whole }: Entry): number | undefined {
  if (whole && LETTER.test(text[start - 1] ?? '')) return undefined;
  SUFFIX.lastIndex = end;
  const suffix = SUFFIX.exec(text)?.[0] ?? '';
  const behind = end + suffix.length;
  if (whole && LETTER.test(text[behind] ?? '')) return undefined;
  if (kind === 'phone' && namesNoPhone(text, start, end)) return undefined;
  return behind;
}

/** `phone_number_id` and its like are no numbers to call, and a `microphone` has none. */
function namesNoPhone(text: string, start: number, end: number): boolean {
  PHONE_ID.lastIndex = end;
  return PHONE_ID.test(text) || OTHER_PHONE.test(text.slice(Math.max(0, start - LONGEST_OTHER), start));
}
