/**
 * xterm.js writes style elements and style attributes, which our content security policy refuses. Through this document
 * it writes the same into a style sheet and into properties, which are not text of the page and so need no exception.
 */

type Sheets = { document: Document; dispose: () => void }

const isText = (value: unknown): value is string => typeof value === 'string'

export const createStyleFreeDocument = (): Sheets => {
  const sheets = new Set<CSSStyleSheet>()
  const adopt = () => {
    const others = document.adoptedStyleSheets.filter((sheet) => !own.has(sheet))
    document.adoptedStyleSheets = [...others, ...sheets]
  }
  const own = new WeakSet<CSSStyleSheet>()

  /** Looks like a style element to who sets its text. */
  const createStyle = () => {
    const sheet = new CSSStyleSheet()
    own.add(sheet)
    sheets.add(sheet)
    adopt()
    const element = document.createElement('template')
    Object.defineProperty(element, 'textContent', {
      set: (css: unknown) => {
        sheet.replaceSync(isText(css) ? css : '')
      },
    })
    return element
  }

  const createElement = (tag: string) => {
    if (tag === 'style') return createStyle()
    const element = document.createElement(tag)
    const setAttribute = element.setAttribute.bind(element)
    element.setAttribute = (attribute, value) => {
      if (attribute === 'style') element.style.cssText = value
      else setAttribute(attribute, value)
    }
    return element
  }

  return {
    document: new Proxy(document, {
      get: (target, key) => {
        if (key === 'createElement') return createElement
        const value: unknown = Reflect.get(target, key, target)
        return typeof value === 'function' ? value.bind(target) : value
      },
    }),
    dispose: () => {
      sheets.clear()
      adopt()
    },
  }
}
