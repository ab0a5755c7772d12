/** One fault of the data, told so that whoever keeps the file can mend it. */
export type Finding = {
  /** Path under `data/`. */
  readonly file: string;
  /** Id of the record: an area, an office, a date, `<procedure>@<first day>`. */
  readonly record: string;
  readonly field: string; readonly problem: string; readonly remedy: string;
};

/** Reports a fault of one field of the record at hand. */
export type Report = (field: string, problem: string, remedy: string) => void;

export function reporter(findings: Finding[], file: string, record: string): Report {
  return (field, problem, remedy) => {
    findings.push({ file, record, field, problem, remedy });
  };
}
