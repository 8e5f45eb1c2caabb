/** What a plot is drawn with; a canvas knows no custom properties. */
export interface PlotColors {
  readonly text: string
  readonly grid: string
}

export function plotColors(element: HTMLElement): PlotColors {
  return { text: resolved(element, '--mute'), grid: resolved(element, '--line') }
}

const SERIES = ['--http', '--job', '--ws', '--sql', '--out'] as const

/** With the colours go dashes, for those who cannot tell them apart. */
export const SERIES_DASHES: readonly (readonly number[])[] = [[], [6, 3], [2, 3], [8, 3, 2, 3], [1, 2]]

export function seriesColor(element: HTMLElement, index: number): string {
  return resolved(element, SERIES[index % SERIES.length] ?? '--http')
}

/** A colour that depends on the theme is resolved by a property that holds a colour. */
function resolved(element: HTMLElement, property: string): string {
  const probe = document.createElement('span')
  probe.style.color = `var(${property})`
  element.append(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}
