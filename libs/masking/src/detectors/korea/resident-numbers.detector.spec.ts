import { findAll, findingsOf, itFinds, itIgnores } from '../detectors.fixture';
import { SeededNumbers } from './korean-numbers.fixture';
import { residentNumbers } from './resident-numbers.detector';

describe('kr-rrn', () => {
  itFinds(residentNumbers, 'kr-rrn', [
    '«960121-1234567»',
    'His Korean RRN is «960121-1234567».',
    '«960121-1021413», «050912-2000019»; «9601211021413»/«0509122000019»',
    'His RRN is «9601211021413»',
    '주민등록번호는 «960121-1234567»입니다',
    '주민등록번호 «900315-1234567»을 입력',
    '홍길동«900101-1234567»로',
    '주민번호: «9001011234567»',
    '주민등록번호는 «000101 4000000»',
    '«0001013000000»이 제 주민번호예요',
    'rrn=«9001011234567»&x=1',
    'resident registration number «9001011234567»',
    '"rrn":"«9001011234567»"',
    String.raw`{\"rrn\": \"«900101-1234567»\"}\n«900101-2234567»`,
    '**«900101-1234567»** `«900101-1234567»` <b>«900101-1234567»</b> [«900101-1234567»] (_«900101-1234567»_)',
    '| 홍길동 | «900101-1234567» | 010-1234-5678 |',
    'a,«900101-1234567»,b=«900101-1234567»:«900101-1234567»',
    '«900101 - 1234567» «900101–1234567» «900101‑1234567» «９００１０１－１２３４５６７»',
    '«000229-3234567» (2000 had a 29 February)',
    '«201105-3999999» issued after October 2020',
    '주민등록번호 «900101-1234567», «900102-2234567»',
    '주민번호 불러 주세요\n고객: «9001011234567» 입니다\n상담사: «9001011234568» 맞으실까요?',
    '| 이름 | 주민번호 | 비고 |\n|--|--|--|\n| 김 | «9001011234567» | 서울특별시 강남구 역삼동 테헤란로 |\n| 이 | «9001011234568» | - |',
    '주문번호 17, 주민번호 «960121-1234567»',
  ]);

  itFinds(residentNumbers, 'kr-frn', [
    '«911124-5678901» «000505-7637892»',
    '«911124-5678906»/«9111245678906»',
    'His FRN is «9111245678901»',
    '외국인등록번호: «9111245678901»',
    '국내거소신고번호 «850101-6234567»입니다',
    'alien registration no. «8501016234567»',
  ]);

  itIgnores([
    '900101-1******',
    '900101-1234***',
    '001332-1234567',
    '0013321234567',
    '960230-1234567',
    '010229-3234567',
    '960121+1021413',
    '960111-10214131',
    '1960111-1021413',
    '960303-0021413',
    '051102-9234110',
    '9601211234567',
    'ORD-240131-1000001',
    '주문번호 240131-1000002',
    '문서번호 990101-1234567 참조',
    'invoice 240131-1000002',
    'order 2401311000001',
    'ts=1577836800000',
    '1700000000000',
    '8801234567893',
    '9788937834790',
    '240131-1000001-22',
    'a960121-1234567',
    '0.9601211021413',
  ]);

  it('finds those born before 1900 by their check digit', () => {
    const digits = new SeededNumbers(1).resident('90');
    const number = `${digits.slice(0, 6)}-${digits.slice(6)}`;
    expect(findAll(number)).toEqual([`kr-rrn ${number}`]);
  });

  it('finds generated numbers with and without their hyphen', () => {
    const numbers = new SeededNumbers(7);
    for (let round = 0; round < 300; round += 1) {
      const digits = numbers.resident('12345678');
      const hyphenated = `${digits.slice(0, 6)}-${digits.slice(6)}`;
      expect(findingsOf(residentNumbers, `(${hyphenated})`)).toMatchObject([{ start: 1, end: 15 }]);
      if (!/^1[5-9]/.test(digits)) expect(findingsOf(residentNumbers, digits)).toMatchObject([{ start: 0, end: 13 }]);
    }
  });

  it('takes no time in milliseconds for a number', () => {
    const numbers = new SeededNumbers(11);
    const times = Array.from({ length: 10_000 }, () => String(numbers.between(1_500_000_000_000, 1_999_999_999_999)));
    expect(findAll(times.join('\n'))).toEqual([]);
  });

  it('takes few random numbers of 13 digits for one', () => {
    const numbers = new SeededNumbers(13);
    const orders = Array.from({ length: 10_000 }, () => numbers.digits(13));
    expect(findingsOf(residentNumbers, orders.join('\n')).length).toBeLessThan(30);
  });
});
