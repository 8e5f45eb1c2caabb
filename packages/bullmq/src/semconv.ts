/**
 * Attribute names of the messaging conventions, copied because those are not stable yet: the package that has them is
 * not needed where OpenTelemetry is off. A test holds them against it.
 */
export const ATTR_MESSAGING_BATCH_MESSAGE_COUNT = 'messaging.batch.message_count'
export const ATTR_MESSAGING_DESTINATION_NAME = 'messaging.destination.name'
export const ATTR_MESSAGING_MESSAGE_ID = 'messaging.message.id'
export const ATTR_MESSAGING_OPERATION_NAME = 'messaging.operation.name'
export const ATTR_MESSAGING_OPERATION_TYPE = 'messaging.operation.type'
export const ATTR_MESSAGING_SYSTEM = 'messaging.system'

/** BullMQ on Redis and on PostgreSQL alike; the conventions have no name for it. */
export const MESSAGING_SYSTEM = 'bullmq'
