import type { Duplex } from 'node:stream'

/** Passes bytes both ways until one side ends, or at once where one has ended; each side waits for the other. Answers which. */
export const relay = (browser: Duplex, proxmox: Duplex) =>
  new Promise<'browser' | 'proxmox'>((resolve) => {
    for (const event of ['end', 'close', 'error']) {
      browser.once(event, () => resolve('browser'))
      proxmox.once(event, () => resolve('proxmox'))
    }
    if (browser.destroyed) resolve('browser')
    if (proxmox.destroyed) resolve('proxmox')
    proxmox.pipe(browser, { end: false })
    browser.pipe(proxmox, { end: false })
  })
