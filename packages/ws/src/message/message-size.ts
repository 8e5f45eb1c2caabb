/** Bytes of a message in any form that ws takes or gives; undefined where that is not known beforehand. */
export function messageSize(data: unknown): number | undefined {
  if (typeof data === 'string') return Buffer.byteLength(data)
  if (Array.isArray(data)) {
    return data.reduce<number>((sum, part) => sum + (messageSize(part) ?? 0), 0)
  }
  const { byteLength, size } = (data ?? {}) as { byteLength?: unknown; size?: unknown }
  const bytes = byteLength ?? size
  return typeof bytes === 'number' ? bytes : undefined
}
