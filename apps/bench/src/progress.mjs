/** Says on standard error what is being done: in place on a terminal, else nothing but the rows. */
export function createProgress(stream = process.stderr) {
  const clear = stream.isTTY ? '\r\u001b[K' : ''
  return {
    begin(text) {
      if (!stream.isTTY) stream.write(`${text}\n`)
    },
    say(text) {
      if (stream.isTTY) stream.write(`${clear}${text}`)
    },
    end() {
      stream.write(clear)
    },
  }
}
