/**
 * Compiles a pattern of literal segments in which `*` stands for exactly one segment.
 *
 * One rule for URL paths (`/`) and attribute paths (`.`); no other character is special.
 */
export function segmentPattern(pattern: string, separator: '/' | '.', tail = ''): string {
  const any = separator === '/' ? '[^/?#]+' : '[^.]+'
  return (
    pattern
      .split(separator)
      .map((segment) => (segment === '*' ? any : segment.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')))
      .join(`\\${separator}`) + tail
  )
}
