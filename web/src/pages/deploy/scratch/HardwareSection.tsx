export function HardwareSection() {
  return null
}
