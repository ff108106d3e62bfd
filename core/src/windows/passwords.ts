/**
 * A password as Windows System Image Manager writes it with "hide sensitive data": Base64 of the password in UTF-16LE with
 * the name of its element behind it. That keeps it from being read in passing, no more: the image must not stay anywhere.
 */
export function encodedPassword(password: string, element: 'Password' | 'AdministratorPassword') {
  const text = password + element
  let binary = ''
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    binary += String.fromCharCode(unit & 0xff, unit >> 8)
  }
  return btoa(binary)
}
