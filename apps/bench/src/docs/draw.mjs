import { createHash } from 'node:crypto'
import { pathToFileURL } from 'node:url'
import { requirePeer } from '../peers.mjs'

/** White, so that the pictures are legible on a page of any colour. */
const LOOK = {
  background: '#ffffff',
  padding: 16,
  config: {
    font: 'system-ui, sans-serif',
    view: { stroke: null },
    axis: {
      labelFontSize: 12,
      titleFontSize: 12,
      titleFontWeight: 'normal',
      labelLimit: 260,
      gridColor: '#e5e7eb',
    },
    legend: { labelFontSize: 12 },
  },
}

/** A plot as SVG; Vega draws without a browser. */
export async function draw(plot, results) {
  const specification = plot.spec(results)
  const vega = await importPeer('vega')
  const { compile } = await importPeer('vega-lite')
  const view = new vega.View(vega.parse(compile({ ...LOOK, ...specification }).spec), { renderer: 'none' })
  return `${await view.toSVG()}\n<!-- ${digestOf(plot, results)} -->\n`
}

/** Tells whether a picture is of these results. */
export function digestOf(plot, results) {
  return createHash('sha256')
    .update(JSON.stringify([LOOK, plot.spec(results)]))
    .digest('hex')
}

function importPeer(name) {
  return import(pathToFileURL(requirePeer.resolve(name)).href)
}
