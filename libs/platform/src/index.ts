import './fastify-request';

export { API_KEYS, ApiKeyGuard } from './auth/api-key.guard';
export { API_KEY_HEADERS } from './auth/key-check';
export { parseBody } from './body/parse-body';
export type { RequestObserver } from './bootstrap/access-log';
export { runMain } from './bootstrap/run-main';
export { startApp, type AppDefinition, type RunningApp } from './bootstrap/start-app';
export { HealthModule } from './health/health.module';
export type { HealthChecks, LivenessCheck, ReadinessCheck } from './health/readiness-check';
