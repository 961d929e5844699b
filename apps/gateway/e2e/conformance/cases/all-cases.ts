import type { ConformanceCase } from '../conformance-case';
import { FAILURE_CASES } from './failure.cases';
import { OBJECT_CASES } from './object.cases';
import { REASONING_CASES } from './reasoning.cases';
import { TEXT_CASES } from './text.cases';
import { TOOL_CASES } from './tool.cases';

export const ALL_CASES: readonly ConformanceCase[] = [
  ...TEXT_CASES,
  ...TOOL_CASES,
  ...REASONING_CASES,
  ...OBJECT_CASES,
  ...FAILURE_CASES,
];
