/**
 * Names of semantic conventions that are not stable yet, copied as the conventions ask for: the `incubating` entry
 * changes in minor versions and costs a megabyte of source at the start. A test holds them against that entry.
 */
export const ATTR_CPU_MODE = 'cpu.mode'
export const ATTR_HOST_ARCH = 'host.arch'
export const ATTR_HOST_NAME = 'host.name'
export const ATTR_MESSAGING_DESTINATION_NAME = 'messaging.destination.name'
export const ATTR_MESSAGING_OPERATION_NAME = 'messaging.operation.name'
export const ATTR_MESSAGING_SYSTEM = 'messaging.system'
export const ATTR_OS_TYPE = 'os.type'
export const ATTR_OS_VERSION = 'os.version'
export const ATTR_PROCESS_EXECUTABLE_NAME = 'process.executable.name'
export const ATTR_PROCESS_PID = 'process.pid'
export const ATTR_PROCESS_RUNTIME_DESCRIPTION = 'process.runtime.description'
export const ATTR_PROCESS_RUNTIME_NAME = 'process.runtime.name'
export const ATTR_PROCESS_RUNTIME_VERSION = 'process.runtime.version'
export const ATTR_SYSTEM_MEMORY_STATE = 'system.memory.state'
export const METRIC_MESSAGING_PROCESS_DURATION = 'messaging.process.duration'
export const METRIC_PROCESS_CPU_UTILIZATION = 'process.cpu.utilization'
export const METRIC_PROCESS_MEMORY_USAGE = 'process.memory.usage'
export const METRIC_SYSTEM_CPU_UTILIZATION = 'system.cpu.utilization'
export const METRIC_SYSTEM_MEMORY_UTILIZATION = 'system.memory.utilization'
