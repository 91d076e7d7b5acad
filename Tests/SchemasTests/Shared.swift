import Foundation
import YAML

/// Reference files that may stand beside the package; tests that need them run where they are.
enum Shared {
  static let folder: String? = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let beside = root.deletingLastPathComponent().appending(path: "shared").path
    let folder = ProcessInfo.processInfo.environment["AIGW_SHARED"] ?? beside
    return FileManager.default.fileExists(atPath: folder + "/crds") ? folder : nil
  }()

  static func has(_ name: String) -> Bool {
    folder.map { FileManager.default.fileExists(atPath: "\($0)/\(name)") } ?? false
  }

  static func bytes(of name: String) throws -> [UInt8] {
    try Array(Data(contentsOf: URL(filePath: (folder ?? "") + "/" + name)))
  }
}
