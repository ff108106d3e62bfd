/**
 * xterm.js writes style elements and style attributes, which our content security policy refuses. Through this document
 * it writes the same into a style sheet and into properties, which are not text of the page and so need no exception.
 */

type Sheets = {
  /** For the option `documentOverride`. */
  document: Document
  /** Does `work` with the page's own document taking no style elements either: xterm's scroll bar asks that one. */
  during: (work: () => void) => void
  dispose: () => void
}

const isText = (value: unknown): value is string => typeof value === 'string'

export const createStyleFreeDocument = (): Sheets => {
  const sheets = new Set<CSSStyleSheet>()
  const adopt = () => {
    const others = document.adoptedStyleSheets.filter((sheet) => !own.has(sheet))
    document.adoptedStyleSheets = [...others, ...sheets]
  }
  const own = new WeakSet<CSSStyleSheet>()

  const create = document.createElement.bind(document)

  /** Looks like a style element to who sets its text. */
  const createStyle = () => {
    const sheet = new CSSStyleSheet()
    own.add(sheet)
    sheets.add(sheet)
    adopt()
    const element = create('template')
    Object.defineProperty(element, 'textContent', {
      set: (css: unknown) => {
        sheet.replaceSync(isText(css) ? css : '')
      },
    })
    return element
  }

  const createElement = (tag: string) => {
    if (tag === 'style') return createStyle()
    const element = create(tag)
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
    during: (work) => {
      Object.defineProperty(document, 'createElement', { value: createElement, configurable: true })
      try {
        work()
      } finally {
        Reflect.deleteProperty(document, 'createElement')
      }
    },
    dispose: () => {
      sheets.clear()
      adopt()
    },
  }
}
