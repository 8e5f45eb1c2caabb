/** The pattern that failed pieces of the strips are filled with; every strip of the page refers to this one. */
export function HatchPattern() {
  return (
    <svg class="unseen" aria-hidden="true" width="0" height="0">
      <defs>
        <pattern id="hatch" width="40" height="6" patternUnits="userSpaceOnUse">
          <rect class="hatch-back" width="40" height="6" />
          <path class="hatch-line" d="M0 6 L20 0 H36 L16 6 Z" />
        </pattern>
      </defs>
    </svg>
  )
}
