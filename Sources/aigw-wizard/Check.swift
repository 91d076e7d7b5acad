import Curses
import Glibc
import Lint
import Manifest
import Wizard

/// `aigw-wizard check`: everything found in manifests, for people, editors and gates.
enum Check {
  static func run(_ arguments: Arguments) -> Int32 {
    let input = Gathered(arguments.words, with: arguments.others, keepsTexts: arguments.isFixing)
    if arguments.isFixing { return fix(input, arguments) }
    let inquiry = Inquiry(into: input.files, for: arguments.release)
    return tell(inquiry, arguments, isComplete: input.isComplete, to: STDOUT_FILENO)
  }

  /// Tells what was found, and gives the exit status that follows.
  private static func tell(
    _ inquiry: Inquiry, _ arguments: Arguments, isComplete: Bool, to stream: Int32, fixed: Int = 0
  ) -> Int32 {
    var inquiry = inquiry
    let unreadable = inquiry.unreadable
    inquiry.keep(where: arguments.wants)
    let isWritten =
      arguments.format == .json && stream == STDOUT_FILENO
      ? writeJSON(inquiry.findings)
      : write(inquiry.findings, colored: isColored(arguments.color ?? .auto, stream), to: stream)
    if inquiry.files > 0 || !inquiry.passedOver.isEmpty { complain(of: inquiry, fixed: fixed) }
    for finding in unreadable {
      Standard.complain("aigw-wizard: \(finding.file):\(finding.position): not readable as YAML")
    }
    guard isWritten else {
      Standard.complain("aigw-wizard: cannot write: \(Files.words(for: errno))")
      return Exit.unreadable
    }
    guard isComplete, unreadable.isEmpty else { return Exit.unreadable }
    if arguments.isForgiving { return Exit.done }
    return inquiry.count(of: .error) > 0 ? Exit.invalid : Exit.done
  }

  // MARK: Fixing

  /// Makes the fixes, in the files or, with `-o -`, as a patch on stdout; then tells what is left.
  private static func fix(_ input: Gathered, _ arguments: Arguments) -> Int32 {
    let repair = Repair(
      of: input.files, with: input.texts, for: arguments.release, where: arguments.wants)
    for finding in repair.fixed {
      Standard.complain(
        "fixed: \(finding.file):\(finding.position): \(finding.finding.fix?.title ?? "") "
          + "[\(finding.finding.rule)]")
    }
    var isComplete = input.isComplete
    var patch = ""
    for (place, (old, new)) in zip(input.texts, repair.texts).enumerated() where old != new {
      let path = input.files[place].name
      if arguments.output != nil {
        patch += Diff.patch(path, from: old, to: new)
      } else if let why = Files.write([
        FileToWrite(path: path, bytes: new, over: .bytes(old))
      ]).first?.failure {
        Standard.complain("aigw-wizard: \(path): \(why)")
        isComplete = false
      }
    }
    if isatty(STDOUT_FILENO) == 1 { patch = Standard.shown(patch) }
    if !Standard.write(Array(patch.utf8), to: STDOUT_FILENO) { isComplete = false }
    return tell(
      repair.inquiry, arguments, isComplete: isComplete,
      to: arguments.output == nil ? STDOUT_FILENO : STDERR_FILENO, fixed: repair.fixed.count)
  }

  /// How many of each, how many were silenced, and what was passed over.
  private static func complain(of inquiry: Inquiry, fixed: Int) {
    var parts = Finding.Severity.allCases.compactMap { severity -> String? in
      let count = inquiry.count(of: severity)
      guard count > 0 else { return nil }
      return severity == .info ? "\(count) info" : counted(count, severity.rawValue)
    }
    if parts.isEmpty { parts = ["nothing found"] }
    var text =
      "\(parts.joined(separator: ", ")) in \(counted(inquiry.objects, "object")) of "
      + counted(inquiry.files, "file")
    if inquiry.silenced > 0 { text += ", \(inquiry.silenced) silenced by comments" }
    let passed = Foreignness.allCases.compactMap { reason in
      inquiry.passedOver[reason].map(reason.words)
    }
    if !passed.isEmpty { text += "; passed over: \(passed.joined(separator: ", "))" }
    Standard.complain(fixed > 0 ? "\(fixed) fixed; \(text)" : text)
  }

  private static func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }

  private static func isColored(_ color: TerminalOptions.Color, _ stream: Int32) -> Bool {
    switch color {
    case .always: true
    case .never: false
    case .auto:
      isatty(stream) == 1 && Environment["NO_COLOR"] == nil
        && Environment["TERM"] != "dumb"
    }
  }

  // MARK: Lines

  private static func write(
    _ findings: [FileFinding], colored: Bool, to stream: Int32
  ) -> Bool {
    var output = Standard.Output(to: stream)
    for finding in findings {
      let severity = finding.finding.severity
      let label = "\(severity.rawValue):"
      output.write(
        Standard.shown("\(finding.file):\(finding.position): ")
          + (colored ? "\u{1B}[\(severity.code)m\(label)\u{1B}[m" : label)
          + Standard.shown(" \(finding.finding.message) [\(finding.finding.rule)]") + "\n")
    }
    return output.end()
  }

  // MARK: JSON

  private static func writeJSON(_ findings: [FileFinding]) -> Bool {
    var output = Standard.Output()
    for (index, finding) in findings.enumerated() {
      output.write((index == 0 ? "[\n  " : ",\n  ") + finding.json)
    }
    output.write(findings.isEmpty ? "[]\n" : "\n]\n")
    return output.end()
  }
}

extension Arguments {
  /// Whether a finding is one of those that are asked for.
  fileprivate func wants(_ finding: Finding) -> Bool {
    finding.severity <= severity && !skip.contains { Rule.id(finding.rule, isOf: $0) }
      && (only.isEmpty || only.contains { Rule.id(finding.rule, isOf: $0) })
  }
}

extension FileFinding {
  /// One JSON object with the keys of ux.md section 13, in one line.
  fileprivate var json: String {
    let fix = finding.fix.map { $0.title.json } ?? "null"
    return "{\"file\": \(file.json), \"document\": \(finding.document), "
      + "\"kind\": \(kind.json), \"name\": \(name.json), "
      + "\"path\": \(finding.field.description.json), \"line\": \(position.line), "
      + "\"column\": \(position.column), \"severity\": \"\(finding.severity.rawValue)\", "
      + "\"source\": \"\(finding.source.rawValue)\", \"rule\": \(finding.rule.json), "
      + "\"message\": \(finding.message.json), \"fix\": \(fix)}"
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
