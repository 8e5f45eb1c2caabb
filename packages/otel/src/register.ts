/**
 * Starts telemetry before the application is loaded: `node --import @throughline/otel/register app.js` (R8.4).
 *
 * By the environment alone; the first `initTelemetry` with options still gets them applied. Without
 * `OTEL_ENABLED=true` and an endpoint nothing of OpenTelemetry is loaded.
 *
 * @packageDocumentation
 */
import { initFromEnvironment } from '@throughline/core/binding'

await initFromEnvironment().ready
