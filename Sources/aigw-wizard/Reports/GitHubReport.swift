import Lint
import YAML

extension FileFinding {
  /// A workflow command that GitHub shows at the line (actions/toolkit, packages/core, command.ts).
  var annotation: String {
    let level =
      switch finding.severity {
      case .error: "error"
      case .warning: "warning"
      case .info: "notice"
      }
    let properties = [
      ("file", file.withoutCurrentFolder), ("line", "\(position.line)"),
      ("col", "\(position.column)"), ("title", Rule.label(of: finding.rule)),
    ]
    let text = properties.map { "\($0)=\($1.escaped(":,"))" }.joined(separator: ",")
    return "::\(level) \(text)::\(finding.message.escaped(""))"
  }
}

extension String {
  /// A path without the `./` before it, as GitHub knows files.
  var withoutCurrentFolder: String { hasPrefix("./") ? String(dropFirst(2)) : self }

  /// The text as a command's data, with some more characters escaped.
  fileprivate func escaped(_ others: String) -> String {
    self.unicodeScalars.map { scalar in
      let isPlain =
        !"%\r\n".unicodeScalars.contains(scalar) && !others.unicodeScalars.contains(scalar)
      return isPlain
        ? String(scalar) : "%" + String(scalar.value + 0x100, radix: 16).suffix(2).uppercased()
    }.joined()
  }
}
