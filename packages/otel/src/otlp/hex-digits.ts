/** The value of each hexadecimal digit by its character code; 0xff for every other character. */
export const HEX_DIGITS: Uint8Array = new Uint8Array(256).fill(0xff)

for (let value = 0; value < 16; value++) {
  const digit = value.toString(16)
  HEX_DIGITS[digit.charCodeAt(0)] = value
  HEX_DIGITS[digit.toUpperCase().charCodeAt(0)] = value
}
