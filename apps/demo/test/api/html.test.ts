import { describe, expect, it } from '@jest/globals'
import { html } from '../../src/api/html.js'

describe('html', () => {
  it('escapes what is put in, in texts and in attributes', () => {
    const hostile = `</p><script>alert("1" + '&')</script>`
    const escaped = '&lt;/p&gt;&lt;script&gt;alert(&quot;1&quot; + &#39;&amp;&#39;)&lt;/script&gt;'

    expect(html`<p title="${hostile}">${hostile}</p>`.text).toBe(`<p title="${escaped}">${escaped}</p>`)
  })

  it('takes HTML as it is, one piece or several', () => {
    const items = ['a', '<b>', 7].map((item) => html`<i>${item}</i>`)

    expect(html`<p>${items}${html`<hr />`}</p>`.text).toBe('<p><i>a</i><i>&lt;b&gt;</i><i>7</i><hr /></p>')
  })
})
