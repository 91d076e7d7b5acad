import Lint
import YAML

extension [FileFinding] {
  /// Writes one JSON array, an object a line.
  func writeJSON(to output: inout Streams.Output) {
    for (index, finding) in enumerated() {
      output.write((index == 0 ? "[\n  " : ",\n  ") + finding.json)
    }
    output.write(isEmpty ? "[]\n" : "\n]\n")
  }
}

extension FileFinding {
  /// One JSON object in one line; its keys are a contract.
  fileprivate var json: String {
    let fix = finding.fix.map { $0.title.json } ?? "null"
    return "{\"file\": \(file.json), \"document\": \(finding.document), "
      + "\"kind\": \(kind.json), \"name\": \(name.json), "
      + "\"path\": \(finding.field.description.json), \"line\": \(position.line), "
      + "\"column\": \(position.column), \"severity\": \"\(finding.severity.rawValue)\", "
      + "\"source\": \"\(finding.source.rawValue)\", \"rule\": \(finding.rule.json), "
      + "\"slug\": \((Rule.find(finding.rule)?.slug ?? finding.rule).json), "
      + "\"message\": \(finding.message.json), \"fix\": \(fix)}"
  }
}
