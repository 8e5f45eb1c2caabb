/** The message of an assertion that fails, without colours. */
export function failure(assertion: () => void): string {
  try {
    assertion()
  } catch (error) {
    return (error as Error).message.replace(/\u001b\[\d+m/g, '')
  }
  throw new Error('the assertion passed')
}
