interface Props {
  /** A key (or several, with spaces between) and what it does. */
  readonly keys: readonly (readonly [string, string])[]
}

/** The line at the foot of a page that says which keys there are. */
export function KeysLine({ keys }: Props) {
  return (
    <p class="keys">
      {keys.map(([key, does]) => (
        <span key={key}>
          {key.split(' ').map((one) => (
            <kbd key={one}>{one}</kbd>
          ))}{' '}
          {does}
        </span>
      ))}
    </p>
  )
}
