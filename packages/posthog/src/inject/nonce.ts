/** In the order in which a browser asks them for an inline script (CSP 3, 6.8.3). */
const DIRECTIVES = ['script-src-elem', 'script-src', 'default-src']

/** The nonce by which a page's Content-Security-Policy allows scripts; undefined where it has none. */
export function nonceOf(policy: string): string | undefined {
  const directives = policy.split(/[;,]/).map((directive) => directive.trim())
  for (const name of DIRECTIVES) {
    const directive = directives.find((one) => one.toLowerCase().startsWith(`${name} `))
    if (directive !== undefined) return /'nonce-([^']+)'/i.exec(directive)?.[1]
  }
  return undefined
}
