import Lint

extension [FileFinding] {
  /// Writes a line for each, as compilers do.
  func writeLines(to output: inout Streams.Output, colored: Bool) {
    for finding in self {
      let severity = finding.finding.severity
      let label = "\(severity.rawValue):"
      output.write(
        Streams.shown("\(finding.file):\(finding.position): ")
          + (colored ? "\u{1B}[\(severity.code)m\(label)\u{1B}[m" : label)
          + Streams.shown(" \(finding.finding.message) [\(Rule.label(of: finding.finding.rule))]")
          + "\n")
    }
  }
}

extension Finding.Severity {
  /// The parameters of the escape that colours it.
  fileprivate var code: String {
    switch self {
    case .error: "1;31"
    case .warning: "33"
    case .info: "2"
    }
  }
}
