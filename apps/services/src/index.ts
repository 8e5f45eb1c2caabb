export { findNativeRedis } from './find-native-redis.js'
export { startPostgres, type PostgresKind, type PostgresOptions } from './postgres.js'
export { startRedis, type RedisKind, type RedisOptions } from './redis.js'
export { type Service } from './service.js'
