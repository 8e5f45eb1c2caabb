export function CopyIcon() {
  return (
    <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
      <path class="icon-line" d="M4 4h7v7H4zM8 4V1H1v7h3" />
    </svg>
  )
}
