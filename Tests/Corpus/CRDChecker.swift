import Foundation

/// The reference reader of CRDs that may stand beside the package.
package enum CRDChecker {
  package struct Finding {
    /// From 1.
    package let document: Int
    package let field: String
    package let message: String
  }

  package static let tool: String? = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let beside = root.deletingLastPathComponent().appending(path: "shared").path
    let folder = ProcessInfo.processInfo.environment["AIGW_SHARED"] ?? beside
    let tool = folder + "/tools/crd_check.py"
    guard FileManager.default.fileExists(atPath: tool) else { return nil }
    let probe = try? run(["python3", "-c", "import cel, yaml"], input: "")
    return probe?.status == 0 ? tool : nil
  }()

  /// What it says of a text of several documents.
  package static func findings(in text: String) throws -> [Finding] {
    let result = try run(["python3", tool ?? "", "--json"], input: text)
    let list = try JSONSerialization.jsonObject(with: result.output) as? [[String: Any]]
    return (list ?? [["message": "no answer"]]).map {
      Finding(
        document: $0["doc"] as? Int ?? 0, field: $0["field"] as? String ?? "",
        message: $0["message"] as? String ?? "")
    }
  }

  /// Runs a program on a text; files carry both, so that no pipe can fill up.
  private static func run(_ words: [String], input: String) throws -> (status: Int32, output: Data)
  {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("crds-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = ["in", "out"].map { folder.appendingPathComponent($0) }
    try Data(input.utf8).write(to: files[0])
    try Data().write(to: files[1])
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = words
    process.standardInput = try FileHandle(forReadingFrom: files[0])
    process.standardOutput = try FileHandle(forWritingTo: files[1])
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return (process.terminationStatus, try Data(contentsOf: files[1]))
  }
}
