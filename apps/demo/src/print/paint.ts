import { styleText } from 'node:util'

type Style = Parameters<typeof styleText>[0]
type Paint = (text: string) => string

const wantsColour = process.stdout.isTTY && !process.env.NO_COLOR

/** Colours on a terminal, plain text elsewhere. */
export const paint = {
  bold: styled('bold'),
  dim: styled('dim'),
  good: styled('green'),
  bad: styled('red'),
  api: styled('cyan'),
  worker: styled('magenta'),
  warn: styled('yellow'),
  id: styled(['bold', 'yellow']),
}

function styled(style: Style): Paint {
  return wantsColour ? (text) => styleText(style, text) : (text) => text
}
