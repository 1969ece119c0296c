/** Why one entry of an import cannot be done. Always found before the project is touched; becomes a log entry. */
export class ImportProblem extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ImportProblem';
  }
}
