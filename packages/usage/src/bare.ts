/**
 * The own members of an object, in one without a prototype.
 *
 * Who asks it for a member that may not be there does not find what somebody has put on `Object.prototype` instead.
 */
export function bare<T extends object>(value: T): T {
  return Object.assign<object, T>(Object.create(null) as object, value)
}
