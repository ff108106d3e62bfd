import type { Duplex } from 'node:stream'

/** Passes bytes both ways until one side ends; each side waits for the other. Answers which. */
export const relay = (browser: Duplex, proxmox: Duplex) =>
  new Promise<'browser' | 'proxmox'>((resolve) => {
    for (const event of ['end', 'close', 'error']) {
      browser.once(event, () => resolve('browser'))
      proxmox.once(event, () => resolve('proxmox'))
    }
    proxmox.pipe(browser, { end: false })
    browser.pipe(proxmox, { end: false })
  })
