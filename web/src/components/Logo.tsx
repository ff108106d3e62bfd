/** The product's sign: steps, and the dot that says done. The same drawing as public/favicon.svg. */
export function Logo({ size = 26 }: { size?: number }) {
  return (
    <svg viewBox="0 0 24 24" width={size} height={size} aria-hidden>
      <rect width="24" height="24" rx="6" className="fill-accent" />
      <g fill="#fff">
        <rect x="4.5" y="5.5" width="15" height="3" rx="1.5" />
        <rect x="4.5" y="10.5" width="10.5" height="3" rx="1.5" fillOpacity=".8" />
        <rect x="4.5" y="15.5" width="6" height="3" rx="1.5" fillOpacity=".55" />
        <circle cx="17" cy="17" r="2.5" />
      </g>
    </svg>
  )
}
