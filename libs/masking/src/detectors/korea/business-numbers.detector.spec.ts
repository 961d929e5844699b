import { findingsOf, itFinds, itIgnores } from '../detectors.fixture';
import { businessNumbers } from './business-numbers.detector';
import { SeededNumbers } from './korean-numbers.fixture';

describe('kr-brn', () => {
  itFinds(businessNumbers, 'kr-brn', [
    '{"bizRegNo":"«1208147521»"} businessRegistrationNumber=«1208147521»',
    '«104-86-56659», «104-82-13138».',
    '사업자등록번호는 «104-86-56659»입니다',
    '사업자등록번호: «1048656659»',
    '사업자번호 «104 86 56659»',
    'My BRN is «1048656659»',
    'business registration number: «1048656659»',
    'bizNo=«1048656659»&a=1',
    '"business_number": "«1048656659»"',
    '**«104-86-56659»** <b>«104-86-56659»</b> `«104-86-56659»` |«104-86-56659»| («104‐86‐56659»)',
    '사업자«104-86-56659»를',
    '법인등록번호: «110111-1234567»',
    '법인등록번호 «191211-0006637»',
    '법인번호 «123456-5234567» 확인',
    'corporate registration number «1101111234567»',
  ]);

  itIgnores([
    '| 구분 | 법인세 |\n|--|--|\n| 2023 | 1101111234567 |',
    '104-86-56658',
    '123-45-67890',
    '사업자등록번호 123-45-67890',
    '000-00-00000',
    '1048656659',
    'order 1048656659',
    '110-81-412722',
    '110-81-4127A',
    '관리번호 123-45-67891',
    '1700000000',
    '123456-5234567',
    '104-86-56659-1',
  ]);

  it('finds generated numbers, and none with another last digit', () => {
    const numbers = new SeededNumbers(3);
    for (let round = 0; round < 300; round += 1) {
      const digits = numbers.business();
      const other = String((Number(digits[9]) + numbers.between(1, 9)) % 10);
      const head = `${digits.slice(0, 3)}-${digits.slice(3, 5)}-${digits.slice(5, 9)}`;
      expect(findingsOf(businessNumbers, `${head}${digits[9] as string}`)).toHaveLength(1);
      expect(findingsOf(businessNumbers, `사업자번호 ${head}${other}`)).toEqual([]);
    }
  });

  it('takes no bare ten digits for a number', () => {
    const numbers = new SeededNumbers(5);
    const times = Array.from({ length: 10_000 }, () => numbers.digits(10));
    expect(findingsOf(businessNumbers, times.join('\n'))).toEqual([]);
  });
});
