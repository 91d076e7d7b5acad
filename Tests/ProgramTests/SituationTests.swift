import Foundation
import Testing
import Yams

/// A situation, and what the program has to say to it.
struct Situation: CustomTestStringConvertible, Sendable {
  /// A finding that has to be told, or must not be: the severity in full, all else as expressions.
  typealias Finding = [String: String]

  let name: String
  /// Names and texts.
  let files: [String: String]
  let arguments: [String]
  var exits: [Int] = []
  var has: [String] = []
  var lacks: [String] = []
  /// Dotted paths into the JSON, each with its value.
  var json: [String: String] = [:]
  var finds: [Finding] = []
  var silent: [Finding] = []
  /// What was to be changed in the sound bundle but is not there.
  var unchanged: [String] = []

  var testDescription: String { name }

  /// What is not as it should be.
  func differences() throws -> [String] {
    let sandbox = try Sandbox()
    for (name, text) in files {
      let folder = URL(filePath: "\(sandbox.work)/\(name)").deletingLastPathComponent().path
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try sandbox.write(name, text)
    }
    let run = try Run(arguments, in: sandbox, environment: ["NO_COLOR": "1"])
    let both = run.output + run.errors
    var wrong: [String] = []
    if !exits.isEmpty, !exits.contains(where: { run.ending == .exit(Int32($0)) }) {
      wrong.append("\(run.ending), not \(exits): \(both.prefix(300))")
    }
    wrong += has.filter { !fits($0, both) }.map { "lacks /\($0)/ in \(both.prefix(900))" }
    wrong += lacks.filter { fits($0, both) }.map { "has /\($0)/ in \(both.prefix(900))" }
    guard !json.isEmpty || !finds.isEmpty || !silent.isEmpty else { return wrong }
    guard let value = try? JSONSerialization.jsonObject(with: Data(run.output.utf8)) else {
      return wrong + ["no JSON: \(both.prefix(300))"]
    }
    for (path, wanted) in json {
      let found = Self.text(at: path, in: value)
      if found != wanted { wrong.append("\(path) is \(found), not \(wanted): \(Self.why(value))") }
    }
    let findings = value as? [[String: Any]] ?? []
    for wanted in finds where !findings.contains(where: { fits(wanted, $0) }) {
      wrong.append("does not tell \(wanted) but \(findings.map(Self.short))")
    }
    for unwanted in silent {
      for finding in findings where fits(unwanted, finding) {
        wrong.append("tells \(Self.short(finding))")
      }
    }
    return wrong
  }

  private func fits(_ pattern: String, _ text: String) -> Bool {
    text.range(of: pattern, options: .regularExpression) != nil
  }

  private func fits(_ wanted: Finding, _ finding: [String: Any]) -> Bool {
    wanted.allSatisfy { key, value in
      let found = finding[key].map { $0 is NSNull ? "" : "\($0)" } ?? ""
      return key == "severity" ? found == value : fits(value, found)
    }
  }

  private static func text(at path: String, in value: Any) -> String {
    var value: Any? = value
    for step in path.split(separator: ".") {
      if let list = value as? [Any] {
        value = Int(step).flatMap { list.indices.contains($0) ? list[$0] : nil }
      } else {
        value = (value as? [String: Any])?[String(step)]
      }
    }
    return value.map { $0 is NSNull ? "null" : "\($0)" } ?? "null"
  }

  private static func why(_ value: Any) -> String {
    (value as? [String: Any])?["reason"].map { "\($0)" } ?? ""
  }

  private static func short(_ finding: [String: Any]) -> String {
    ["severity", "source", "rule", "name", "path", "message"]
      .map { "\(finding[$0] ?? "")" }.joined(separator: " ")
  }
}

extension Situation {
  private static let folder =
    URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Situations").path

  private static func read(_ name: String) throws -> String {
    try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
  }

  /// All of this project's own. What stands in a list of `each` makes a situation of its own,
  /// written where the text says `(IT)`.
  static let own: [Situation] = (try? readOwn()) ?? []

  static func readOwn() throws -> [Situation] {
    let sound = try read("sound.yaml")
    var all: [Situation] = []
    for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    where name != "sound.yaml" {
      for entry in try Yams.load(yaml: try read(name)) as? [[String: Any]] ?? [] {
        for item in entry["each"] as? [String] ?? [""] {
          all.append(Situation(entry, with: item, sound))
        }
      }
    }
    return all
  }

  private init(_ entry: [String: Any], with item: String, _ sound: String) {
    func text(_ value: Any?) -> String { value.map { "\($0)" } ?? "" }
    func filled(_ value: Any?) -> String { text(value).replacing("(IT)", with: item) }
    var yaml = sound
    for (old, new) in entry["change"] as? [String: String] ?? [:] {
      if !yaml.contains(filled(old)) { unchanged.append(filled(old)) }
      yaml = yaml.replacing(filled(old), with: filled(new))
    }
    if entry["only"] != nil { yaml = filled(entry["only"]) }
    if entry["add"] != nil { yaml += "---\n\(filled(entry["add"]))" }
    name = [text(entry["name"]), item].filter { !$0.isEmpty }.joined(separator: ": ")
    files = entry["files"] as? [String: String] ?? ["all.yaml": yaml]
    var words =
      entry["run"] as? [String] ?? text(entry["run"]).split(separator: " ").map(String.init)
    let command = words.first ?? ""
    if entry["files"] == nil, command == "check" || command == "simulate" {
      words.insert("all.yaml", at: 1)
    }
    if ["json", "finds", "silent"].contains(where: { entry[$0] != nil }) {
      words += ["--format", "json"]
    }
    arguments = words.map { $0.replacing("(IT)", with: item) }
    take(entry, with: item)
  }

  private mutating func take(_ entry: [String: Any], with item: String) {
    func filled(_ value: Any) -> String { "\(value)".replacing("(IT)", with: item) }
    exits = (entry["exit"] as? [Int]) ?? (entry["exit"] as? Int).map { [$0] } ?? []
    has = (entry["has"] as? [Any] ?? []).map(filled)
    lacks = (entry["lacks"] as? [Any] ?? []).map(filled)
    json = (entry["json"] as? [String: Any] ?? [:]).mapValues { $0 is NSNull ? "null" : filled($0) }
    finds = (entry["finds"] as? [[String: Any]] ?? []).map { $0.mapValues(filled) }
    silent = (entry["silent"] as? [[String: Any]] ?? []).map { $0.mapValues(filled) }
  }
}

/// Situations whose right answer is known.
@Suite struct SituationTests {
  @Test("what has happened to people is answered right", arguments: Situation.own)
  func own(situation: Situation) throws {
    for wrong in try situation.differences() { Issue.record("\(situation.name): \(wrong)") }
  }

  @Test("there are situations, and each of them asks for something")
  func any() throws {
    #expect(try Situation.readOwn().count > 200)
    #expect(Set(Situation.own.map { "\($0.name) \($0.arguments)" }).count == Situation.own.count)
    for situation in Situation.own {
      #expect(situation.unchanged.isEmpty, "\(situation.name)")
      #expect(
        !(situation.exits.isEmpty && situation.has.isEmpty && situation.lacks.isEmpty
          && situation.json.isEmpty && situation.finds.isEmpty && situation.silent.isEmpty),
        "\(situation.name)")
    }
  }
}

extension Situation {
  /// Those of a file beside the repository, in a shape of its own; none where it is absent.
  static let elsewhere: [Situation] = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let beside = root.deletingLastPathComponent().appending(path: "shared").path
    let folder = ProcessInfo.processInfo.environment["AIGW_SHARED"] ?? beside
    guard let text = try? String(contentsOfFile: "\(folder)/faults/cases.yaml", encoding: .utf8),
      let entries = try? Yams.load(yaml: text) as? [[String: Any]]
    else { return [] }
    return entries.map(Situation.init(whole:))
  }()

  private init(whole entry: [String: Any]) {
    name = "\(entry["id"] ?? "")"
    files = entry["files"] as? [String: String] ?? [:]
    arguments = (entry["run"] as? [Any] ?? []).map { "\($0)" }
    take(entry, with: "")
  }
}

@Suite(.enabled(if: !Situation.elsewhere.isEmpty)) struct SituationsElsewhereTests {
  @Test("situations kept beside the repository are answered right", arguments: Situation.elsewhere)
  func all(situation: Situation) throws {
    for wrong in try situation.differences() { Issue.record("\(situation.name): \(wrong)") }
  }
}
