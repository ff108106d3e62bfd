/**
 * Passwords in answer files. They stand in the form that Windows System Image Manager writes with "hide sensitive data":
 * Base64 of the password in UTF-16LE with the name of its element behind it. That protects nothing, but it has no character
 * that XML needs escaped, so that a document can be planned without them and filled in when its image is written.
 */

export type AnswerPasswords = {
  administrator: string
  /** Of the further account; null where there is none. */
  user: string | null
}

/** What stands in a planned document in place of each. */
export const PASSWORD_PLACEHOLDERS = {
  administrator: '{administratorPassword}',
  autoLogon: '{autoLogonPassword}',
  user: '{userPassword}',
} as const

/**
 * The documents with the passwords in them. Only whole values are replaced: what people write themselves cannot make an
 * element, because its brackets are escaped.
 */
export function withAnswerPasswords(
  documents: Record<string, string>,
  { administrator, user }: AnswerPasswords,
): Record<string, string> {
  const values = [
    [PASSWORD_PLACEHOLDERS.administrator, encoded(administrator, 'AdministratorPassword')],
    [PASSWORD_PLACEHOLDERS.autoLogon, encoded(administrator, 'Password')],
    [PASSWORD_PLACEHOLDERS.user, encoded(user ?? '', 'Password')],
  ] as const
  const filled = (text: string) =>
    values.reduce(
      (rest, [placeholder, value]) =>
        rest.replaceAll(`<Value>${placeholder}</Value>`, `<Value>${value}</Value>`),
      text,
    )
  return Object.fromEntries(
    Object.entries(documents).map(([name, text]) => [
      name,
      name.endsWith('.xml') ? filled(text) : text,
    ]),
  )
}

function encoded(password: string, elementName: string): string {
  let binary = ''
  for (let index = 0; index < password.length + elementName.length; index++) {
    const unit = (password + elementName).charCodeAt(index)
    binary += String.fromCharCode(unit & 0xff, unit >> 8)
  }
  return btoa(binary)
}
