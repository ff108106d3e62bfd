/**
 * This execution of a step is not the newest any more: another server has taken the VM over. It must not write or act
 * again; the other one goes on.
 */
export class Fenced extends Error {
  override name = 'Fenced'
  constructor() {
    super('Another server has taken this VM over')
  }
}
