import Lint
import Schemas
import YAML

/// Findings as a log of the Static Analysis Results Interchange Format, version 2.1.0.
struct SarifReport {
  private let findings: [FileFinding]
  private let files: FixableFiles
  /// The findings whose fix brings no error of its own.
  private let safelyFixable: Set<FileFinding>
  private let isComplete: Bool
  /// The rules that the findings name, in the order of the catalogue.
  private let rules: [Rule]

  /// `isComplete` says whether everything could be read.
  init(
    _ findings: [FileFinding], fixing files: FixableFiles, for release: Release, isComplete: Bool
  ) {
    self.findings = findings
    self.files = files
    safelyFixable = files.safelyFixable(findings, for: release)
    self.isComplete = isComplete
    let ids = Set(findings.map(\.finding.rule))
    rules = Rule.everything.filter { ids.contains($0.id) }
  }

  var node: Node {
    let places = Dictionary(
      rules.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    let driver = Node.map([
      "name": .string(AIGWWizard.name), "version": .string(Program.version),
      "rules": .sequence(rules.map(\.sarif)),
    ])
    let run = Node.map([
      "tool": .map(["driver": driver]),
      // A column counts characters, whatever they take as UTF-16.
      "columnKind": .string("unicodeCodePoints"),
      "invocations": .sequence([.map(["executionSuccessful": .bool(isComplete)])]),
      "results": .sequence(findings.map { result($0, of: places[$0.finding.rule]) }),
    ])
    return .map([
      "$schema": .string("https://json.schemastore.org/sarif-2.1.0.json"),
      "version": .string("2.1.0"), "runs": .sequence([run]),
    ])
  }

  private func result(_ finding: FileFinding, of rule: Int?) -> Node {
    var result = Mapping([.init("ruleId", .string(finding.finding.rule))])
    if let rule { result["ruleIndex"] = .integer(rule) }
    result["level"] = .string(finding.finding.severity.level)
    result["message"] = message(finding.finding.message)
    result["locations"] = .sequence([location(of: finding)])
    let replacements = safelyFixable.contains(finding) ? files.replacements(making: finding) : []
    if let fix = finding.finding.fix, !replacements.isEmpty {
      result["fixes"] = .sequence([
        .map([
          "description": message(fix.title),
          "artifactChanges": .sequence(replacements.map(\.change)),
        ])
      ])
    }
    return .mapping(result)
  }

  private func location(of finding: FileFinding) -> Node {
    let object = [finding.kind, finding.name, finding.finding.field.description]
    return .map([
      "physicalLocation": .map([
        "artifactLocation": finding.file.artifact, "region": finding.range.region,
      ]),
      "logicalLocations": .sequence([
        .map(["fullyQualifiedName": .string(object.joined(separator: "/"))])
      ]),
    ])
  }
}

/// A message of SARIF.
private func message(_ text: String) -> Node { .map(["text": .string(text)]) }

extension Rule {
  fileprivate var sarif: Node {
    .map([
      "id": .string(id), "name": .string(slug), "shortDescription": message(title),
      "fullDescription": message(why),
      "help": message("\(why)\n\nInstead of: \(bad)\nuse: \(good)\n\nSee \(reference)."),
      "defaultConfiguration": .map(["level": .string(severity.level)]),
      "properties": .map(["tags": .sequence([.string(source.rawValue)])]),
    ])
  }
}

extension Finding.Severity {
  fileprivate var level: String {
    switch self {
    case .error: "error"
    case .warning: "warning"
    case .info: "note"
    }
  }
}

extension TextReplacement {
  /// What it changes in its file.
  fileprivate var change: Node {
    .map([
      "artifactLocation": file.artifact,
      "replacements": .sequence([
        .map(["deletedRegion": range.region, "insertedContent": message(self.text)])
      ]),
    ])
  }
}

extension Range<Position> {
  fileprivate var region: Node {
    .map([
      "startLine": .integer(lowerBound.line), "startColumn": .integer(lowerBound.column),
      "endLine": .integer(upperBound.line), "endColumn": .integer(upperBound.column),
    ])
  }
}

extension String {
  /// The location of a file: a URI, relative where its path is.
  fileprivate var artifact: Node {
    let path = withoutCurrentFolder.utf8.map { byte in
      let letter = Character(Unicode.Scalar(byte))
      let isPlain =
        letter.isASCII && (letter.isLetter || letter.isNumber) || "-._~/".contains(letter)
      return isPlain
        ? String(letter) : "%" + String(UInt16(byte) + 0x100, radix: 16).suffix(2).uppercased()
    }
    return .map(["uri": .string((hasPrefix("/") ? "file://" : "") + path.joined())])
  }
}
