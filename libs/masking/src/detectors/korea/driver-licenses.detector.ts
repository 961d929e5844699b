import type { Detector, Finding } from '../detector';
import { isLabelled, type NumberForm, type NumberRun, NumberText } from './number-text';

const KIND = 'kr-driver-license';

/** Office of issue, year, serial number, check digits. */
const CURRENT: NumberForm = { pattern: /(?:1[1-9]|2[0-6]|28)( ?[-.] ?| ?)\d{2}\1\d{6}\1\d{2}/g, least: 12 };
/** Licences of before 1998 name the region in front. */
const OLD: NumberForm = { pattern: /\d{2} ?- ?\d{6} ?- ?\d{2}/g, least: 12 };
const REGION =
  /(?:서울|부산|대구|인천|광주|대전|울산|세종|경기(?:남부|북부)?|강원|충북|충남|전북|전남|경북|경남|제주)[ -]{0,2}$/;
const LONGEST_REGION = 6;

/** Driver licence numbers (운전면허번호). Twelve digits without separators are one only where something says so. */
export const driverLicenses: Detector = {
  kinds: [KIND],
  find(searched) {
    const numbers = NumberText.of(searched);
    const findings: Finding[] = [];
    for (const run of numbers.runs) {
      for (const { start, end, match } of numbers.matches(run, CURRENT)) {
        if (isNamed(numbers, run) || isClear(run, match[1] as string)) findings.push({ kind: KIND, start, end });
      }
      for (const { start, end } of numbers.matches(run, OLD)) {
        const region = REGION.exec(numbers.text.slice(Math.max(0, start - LONGEST_REGION), start))?.[0];
        if (region !== undefined) findings.push({ kind: KIND, start: start - region.length, end });
        else if (isNamed(numbers, run)) findings.push({ kind: KIND, start, end });
      }
    }
    return findings;
  },
};

function isNamed(numbers: NumberText, run: NumberRun): boolean {
  return isLabelled(run, 'license') || numbers.behind(run) === 'license';
}

function isClear(run: NumberRun, separator: string): boolean {
  return /[- ]/.test(separator) && !isLabelled(run, 'account', 'bank', 'bankWord', 'other');
}
