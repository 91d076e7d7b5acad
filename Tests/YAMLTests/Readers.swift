import Foundation
import YAML
import Yams

/// YAML readers that were written by others.
enum Reader: String, CaseIterable, CustomStringConvertible {
  case yams, pyYAML, kubectl

  var description: String { rawValue }

  struct Absent: Error, CustomStringConvertible { var description: String }

  /// What the reader makes of a text, as JSON values; it throws where the reader is not installed.
  func value(of yaml: [UInt8]) throws -> Any? {
    switch self {
    case .yams:
      let parser = try Yams.Parser(yaml: String(decoding: yaml, as: UTF8.self))
      return try parser.nextRoot().map(Reader.value)
    case .pyYAML:
      let json = try Reader.output(
        of: ["python3", "-c", Reader.lineBuffer], with: yaml,
        install: "pip install PyYAML, or apt install python3-yaml")
      return try JSONSerialization.jsonObject(with: json, options: .fragmentsAllowed)
    case .kubectl:
      let json = try Reader.output(
        of: ["kubectl", "label", "--local", "--output=json", "--filename=-", "read=yes"],
        with: yaml, install: "https://kubernetes.io/docs/tasks/tools (kubectl)")
      // Foundation drops a byte order mark even within a JSON string.
      let text = String(decoding: json, as: UTF8.self).unicodeScalars
        .map { $0 == "\u{FEFF}" ? "\\uFEFF" : String($0) }.joined()
      return try JSONSerialization.jsonObject(with: Data(text.utf8))
    }
  }

  private static let lineBuffer = """
    import json, sys, yaml
    text = sys.stdin.buffer.read().decode()
    pure = yaml.load(text, Loader=yaml.SafeLoader)
    assert not hasattr(yaml, "CSafeLoader") or repr(yaml.load(text, Loader=yaml.CSafeLoader)) == repr(pure)
    json.dump(pure, sys.stdout, default=repr)
    """

  private static func value(_ node: Yams.Node) -> Any {
    switch node {
    case .scalar(let scalar):
      return node.tag.description == "tag:yaml.org,2002:str"
        ? scalar.string : [node.tag.description]
    case .sequence(let sequence): return sequence.map(value)
    case .mapping(let mapping):
      var object: [String: Any] = [:]
      for (key, entry) in mapping {
        object[(value(key) as? String) ?? "not a string: \(key)"] = value(entry)
      }
      return object
    case .alias: return "an alias"
    }
  }

  /// Runs a program on a text; files carry both, so that no pipe can fill up.
  private static func output(
    of command: [String], with input: [UInt8], install: String
  ) throws -> Data {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("manifest-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = ["in", "out", "err"].map { folder.appendingPathComponent($0) }
    try Data(input).write(to: files[0])
    for file in files.dropFirst() { try Data().write(to: file) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    process.standardInput = try FileHandle(forReadingFrom: files[0])
    process.standardOutput = try FileHandle(forWritingTo: files[1])
    process.standardError = try FileHandle(forWritingTo: files[2])
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      let complaint = String(decoding: try Data(contentsOf: files[2]), as: UTF8.self)
      throw Absent(
        description: "\(command[0]) failed; if it is missing: \(install)\n\(complaint.suffix(2000))"
      )
    }
    return try Data(contentsOf: files[1])
  }
}
