import { findAll, findingsOf, itEndsOn } from '../detectors.fixture';
import { KOREA_DETECTORS } from './korea-detectors';

describe('numbers of Korea', () => {
  it('names each number of a form by what stands in front of it', () => {
    const form =
      '사업자등록번호: 120-81-47521 대표 홍길동 (주민번호 900315-1234567, 연락처 010-9876-5432), ' +
      '법인등록번호 110111-1234567, 국민은행 123456-04-567890, 면허 11-12-345678-90, 여권 M123A4567';
    expect(findAll(form)).toEqual([
      'kr-brn 120-81-47521',
      'kr-rrn 900315-1234567',
      'phone 010-9876-5432',
      'kr-brn 110111-1234567',
      'kr-bank-account 123456-04-567890',
      'kr-driver-license 11-12-345678-90',
      'kr-passport M123A4567',
    ]);
  });

  itEndsOn(['7', '1-', '010-', '900101-', '1234567a', 'M1', '계좌 ', '계좌 1', 'phone '], (text) => {
    expect(KOREA_DETECTORS.flatMap((detector) => findingsOf(detector, text))).toEqual([]);
  });
});
